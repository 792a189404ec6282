// What is judged against what: examples per skill, catalogues, requests held out.
import { createHash } from "node:crypto";
import type { WordTable } from "../../src/kernel/routing/features/word-table.ts";
import { type DataRow, type DataSet, drawExamples } from "./data.ts";
import { toDocument, toDocuments, toSkillId } from "./documents.ts";
import { measureCalibration } from "./measures.ts";
import { type Figures, type Judged, judge, type SetFigures, toFigures, toMeanFigures } from "./score.ts";
import type { TableFor } from "./tables.ts";

const SEEDS = [0, 1, 2];
const HELD_OUT_INTENTS = 38;
const CORRECTIONS = 20;

/** What is judged, with a word table that has not seen it. */
export interface Setting {
  readonly set: DataSet;
  readonly table: WordTable;
}

export type Keep = (judged: readonly Judged[]) => void;

export function judgeFewShot({ set, table }: Setting, keep: Keep): SetFigures {
  const figures: SetFigures = {};
  for (const k of [5, 10]) {
    const runs = SEEDS.map((seed) => judgeWith({ set, table }, drawExamples(set.train, k, seed)));
    keep(runs.flat());
    figures[`k${k}`] = toMeanFigures(runs.map(toFigures));
  }
  const judged = judgeWith(
    { set, table },
    set.train.filter((row) => row.skill !== null),
  );
  keep(judged);
  const all = toFigures(judged);
  return { ...figures, all, ...toOutOfScope(all) };
}

export function judgeZeroShot({ set, table }: Setting, keep: Keep): SetFigures {
  const judged = judge(
    { documents: toDocuments(set.skills, []), table },
    set.judged.filter((row) => row.skill !== null || !row.cand),
  );
  keep(judged);
  const zero = toFigures(judged);
  return { zero, ...toOutOfScope(zero), ...measureCalibration(judged.filter((one) => one.isInScope)) };
}

export function judgeUnion(sets: readonly DataSet[], table: WordTable): SetFigures {
  return { k10: judgeUnionWith(sets, table, 10), k20: judgeUnionWith(sets, table, 20) };
}

function judgeUnionWith(sets: readonly DataSet[], table: WordTable, k: number): Figures {
  const runs = SEEDS.map((seed) => {
    const documents = sets.flatMap((set) =>
      toDocuments(set.skills, drawExamples(set.train, k, seed)).map((one) => ({
        ...one,
        id: toUnionId(set, one.id),
      })),
    );
    const rows = sets.flatMap((set) =>
      set.judged
        .filter((row) => row.skill !== null)
        .map((row) => ({ ...row, skill: toUnionId(set, row.skill ?? "") })),
    );
    const named = documents.map((one) => ({ ...one, id: toSkillId(one.id) }));
    return toFigures(judge({ documents: named, table }, rows));
  });
  return toMeanFigures(runs);
}

function toUnionId(set: DataSet, id: string): `${string}/${string}` {
  return `${set.name}/${id.replace("skill/", "")}`;
}

/** Half of the skills get corrections from the first judged rows; the rest of the rows are judged. */
export function judgeCorrections({ set, table }: Setting): SetFigures {
  const corrected = new Set(set.skills.filter((skill) => toHash(skill.id) < "8").map((skill) => skill.id));
  const taught = new Map<string, DataRow[]>();
  const judgedRows: DataRow[] = [];
  for (const row of set.judged) {
    const rows = taught.get(row.skill ?? "") ?? [];
    const isTaught = row.skill !== null && corrected.has(row.skill) && rows.length < CORRECTIONS;
    if (isTaught) taught.set(row.skill ?? "", [...rows, row]);
    else if (row.skill !== null) judgedRows.push(row);
  }
  const documents = set.skills.map((skill) => ({
    ...toDocument(skill, []),
    corrections: (taught.get(skill.id) ?? []).map((row) => row.query),
  }));
  const judged = judge({ documents, table }, judgedRows);
  const isTaught = (one: Judged) => taught.has(one.row.skill ?? "");
  return {
    with: toFigures(judged.filter(isTaught)),
    without: toFigures(judged.filter((one) => !isTaught(one))),
  };
}

/** Some intents are taken out of the catalogue; their requests should find nothing. */
export function judgeNearOutOfScope({ set, table }: Setting): SetFigures {
  const ids = set.skills
    .map((skill) => skill.id)
    .toSorted((one, other) => (toHash(one) < toHash(other) ? -1 : 1));
  const hidden = new Set(ids.slice(0, HELD_OUT_INTENTS));
  const isKept = (row: DataRow) => row.skill !== null && !hidden.has(row.skill);
  const judged = set.judged
    .filter((row) => row.skill !== null)
    .map((row) => (isKept(row) ? row : { ...row, skill: null }));
  const near = { ...set, judged, train: set.train.filter(isKept) };
  const all = toFigures(judgeWith({ set: near, table }, near.train));
  const k10 = toMeanFigures(
    SEEDS.map((seed) => toFigures(judgeWith({ set: near, table }, drawExamples(near.train, 10, seed)))),
  );
  return { k10, all, ...toOutOfScope(all) };
}

/** Real Russian questions against the Russian catalogues, and against both in one. */
export function judgeRussianOutOfScope(sets: readonly DataSet[], tableFor: TableFor): SetFigures | null {
  const foreign = sets.find((set) => set.name === "oos-ru-rubq")?.judged ?? [];
  const catalogues = sets.filter((set) => ["ha-ru", "dream-ru"].includes(set.name));
  if (foreign.length === 0 || catalogues.length === 0) return null;
  const each = catalogues.map((set) => {
    const asked = { ...set, judged: [...set.judged, ...foreign] };
    const figures = toFigures(judgeWith({ set: asked, table: tableFor([set.name]) }, set.train));
    return { name: set.name, figures };
  });
  const all = toMeanFigures(each.map((one) => one.figures));
  return {
    ...Object.fromEntries(each.map(({ name, figures }) => [name, figures])),
    ...toOutOfScope(all),
    catalogue: "mean of ha-ru and dream-ru",
  };
}

/** Russian requests against skills that only speak English: by description alone, and with English examples. */
export function judgeRussianOnEnglish({ set, table }: Setting, english: DataSet): SetFigures {
  const known = new Set(english.skills.map(({ id }) => id));
  const asked = [...set.train, ...set.judged].filter(({ skill }) => skill !== null && known.has(skill));
  const judgeBy = (examples: readonly DataRow[]): Figures =>
    toFigures(judge({ documents: toDocuments(english.skills, examples), table }, asked));
  return { zero: judgeBy([]), examples: judgeBy(english.train) };
}

function judgeWith({ set, table }: Setting, examples: readonly DataRow[]): Judged[] {
  return judge({ documents: toDocuments(set.skills, examples), table }, set.judged);
}

function toOutOfScope({ oos_auroc, in_scope_at_oos90 }: Figures): SetFigures {
  return oos_auroc === undefined || in_scope_at_oos90 === undefined ? {} : { oos_auroc, in_scope_at_oos90 };
}

function toHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
