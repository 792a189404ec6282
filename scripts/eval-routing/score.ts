// Answers of the router beside what was right, and the figures of a set.
import { buildIndex } from "../../src/kernel/routing/build-index.ts";
import type { RoutingDocument } from "../../src/kernel/routing/document.ts";
import type { WordTable } from "../../src/kernel/routing/features/word-table.ts";
import { type DataRow } from "./data.ts";
import { toDataId, toSkillId } from "./documents.ts";
import { toRouter } from "./embeddings.ts";
import { toReferenceRouter } from "./references.ts";
import { measureInScopeAt, measureRocArea, toMean } from "./measures.ts";

export interface Judged {
  readonly row: DataRow;
  readonly isInScope: boolean;
  /** Place of the first right skill, from 1; 0 when it is not among the candidates. */
  readonly place: number;
  readonly confidence: number;
  readonly inScope: number;
  readonly decision: string;
  /** The id in the data, null when no skill was found. */
  readonly got: string | null;
  readonly isRight: boolean;
}

export interface Figures {
  top1?: number;
  top3?: number;
  oos_auroc?: number;
  in_scope_at_oos90?: number;
  refused_in_scope?: number;
  refused_oos?: number;
}

export type SetFigures = Record<string, Figures | number | string>;

/** What is judged, and what its words are looked up in. */
export interface Catalogue {
  readonly documents: readonly RoutingDocument[];
  readonly table: WordTable;
}

export function judge({ documents, table }: Catalogue, rows: readonly DataRow[]): Judged[] {
  const ask = toReferenceRouter(documents) ?? toRouter(buildIndex(documents, { table }), documents);
  return rows.map((row) => {
    const result = ask(row.query);
    const right = new Set<string>([row.skill ?? "", ...(row.alt ?? [])].map(toSkillId));
    const [first] = result.candidates;
    const chosen = result.decision === "no_skill_found" ? undefined : first?.id;
    return {
      row,
      isInScope: row.skill !== null,
      place: row.skill === null ? 0 : result.candidates.findIndex((candidate) => right.has(candidate.id)) + 1,
      confidence: result.confidence,
      inScope: result.inScope,
      decision: result.decision,
      got: chosen === undefined ? null : toDataId(chosen),
      isRight: row.skill === null ? chosen === undefined : chosen !== undefined && right.has(chosen),
    };
  });
}

export function toFigures(judged: readonly Judged[]): Figures {
  const inside = judged.filter((one) => one.isInScope);
  const outside = judged.filter((one) => !one.isInScope);
  const refused = (all: readonly Judged[]) =>
    toPercent(toMean(all.map((one) => (one.decision === "no_skill_found" ? 1 : 0))));
  const figures: Figures = {};
  if (inside.length > 0) {
    figures.top1 = toPercent(toMean(inside.map((one) => (one.place === 1 ? 1 : 0))));
    figures.top3 = toPercent(toMean(inside.map((one) => (one.place >= 1 && one.place <= 3 ? 1 : 0))));
    figures.refused_in_scope = refused(inside);
  }
  if (outside.length > 0) figures.refused_oos = refused(outside);
  if (inside.length > 0 && outside.length > 0) {
    figures.oos_auroc = round(
      measureRocArea(
        inside.map((one) => one.inScope),
        outside.map((one) => one.inScope),
      ),
      4,
    );
    figures.in_scope_at_oos90 = toPercent(measureInScopeAt(inside, outside, 0.9));
  }
  return figures;
}

/** In the order in which a table shows them. */
export const MEASURES = [
  "top1",
  "top3",
  "oos_auroc",
  "in_scope_at_oos90",
  "refused_in_scope",
  "refused_oos",
] as const;

export function toMeanFigures(all: readonly Figures[]): Figures {
  const mean: Figures = {};
  for (const key of MEASURES) {
    const found = all.map((one) => one[key]).filter((figure) => figure !== undefined);
    if (found.length > 0) mean[key] = round(toMean(found), key === "oos_auroc" ? 4 : 1);
  }
  return mean;
}

function toPercent(share: number): number {
  return round(share * 100, 1);
}

export function round(figure: number, digits: number): number {
  return Number(figure.toFixed(digits));
}
