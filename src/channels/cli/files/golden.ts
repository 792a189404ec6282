// The figures of a golden run: which skill a request should reach and what the router said. Pure; asking is elsewhere.
import { type Json, toJson, toText } from "../json.ts";

export interface GoldenRow {
  readonly query: string;
  /** Null: no skill should be found. */
  readonly skill: string | null;
  readonly language: string;
  readonly values: Json;
  /** ISO 8601; empty: now. "Tomorrow" is counted from there. */
  readonly askedAt: string;
}

export interface GoldenAnswer {
  readonly row: GoldenRow;
  readonly candidates: readonly { readonly skill: string; readonly confidence: number }[];
  readonly isFound: boolean;
  readonly latencyMs: number;
  /** The input that was understood; null where it was not asked for. */
  readonly input: Json | null;
  /** Names of values that were read from the sentence. */
  readonly read: readonly string[];
}

export function toGoldenRow(row: Json): GoldenRow {
  const skill = toText(row["skill"]);
  return {
    query: toText(row["query"]),
    skill: skill === "" || skill === "none" ? null : skill,
    language: toText(row["lang"]),
    values: toJson(row["values"]),
    askedAt: toText(row["asked_at"]),
  };
}

export function toSummary(answers: readonly GoldenAnswer[]): Json {
  const languages = [...new Set(answers.map(({ row }) => row.language))].filter((name) => name !== "");
  const byLanguage = languages.map((name) => [
    name,
    toRouting(answers.filter(({ row }) => row.language === name)),
  ]);
  return {
    ...toRouting(answers),
    ...toValues(answers),
    latency_ms: toLatency(answers),
    by_language: Object.fromEntries(byLanguage),
  };
}

/** What a first guess is worth that was then not believed: it counts among three, not as the first. */
export function toJudged(answers: readonly GoldenAnswer[]): Json {
  const believed = answers.map((one) => (one.isFound ? one : { ...one, candidates: [] }));
  const { values, ...all } = toSummary(answers);
  return { ...all, top1: toSummary(believed)["top1"], values: toJson(values)["percent"] };
}

function toRouting(answers: readonly GoldenAnswer[]): Json {
  const inside = answers.filter(({ row }) => row.skill !== null);
  const outside = answers.filter(({ row }) => row.skill === null);
  const isTop =
    (count: number) =>
    ({ row, candidates }: GoldenAnswer): boolean =>
      candidates.slice(0, count).some(({ skill }) => skill === row.skill);
  return {
    requests: answers.length,
    top1: toPercent(inside.filter(isTop(1)).length, inside.length),
    top3: toPercent(inside.filter(isTop(3)).length, inside.length),
    found_of_known: toPercent(inside.filter(({ isFound }) => isFound).length, inside.length),
    no_skill_found: toPercent(outside.filter(({ isFound }) => !isFound).length, outside.length),
    brier: toBrier(answers),
  };
}

/** Mean squared distance between how sure the router was of its first candidate and whether that was right. */
function toBrier(answers: readonly GoldenAnswer[]): number | null {
  if (answers.length === 0) return null;
  const sum = answers.reduce(
    (total, { row, candidates: [first] }) =>
      total + ((first?.confidence ?? 0) - (first !== undefined && first.skill === row.skill ? 1 : 0)) ** 2,
    0,
  );
  return toRounded(sum / answers.length, 4);
}

function toValues(answers: readonly GoldenAnswer[]): Json {
  const asked = answers.flatMap((answer) =>
    answer.input === null ? [] : [{ ...answer, input: answer.input }],
  );
  const expected = asked.flatMap(({ row, input }) =>
    Object.entries(row.values).map(([name, value]) => isSame(value, input[name])),
  );
  const invented = asked.flatMap(({ row, read }) => read.filter((name) => !(name in row.values)));
  return {
    values: {
      expected: expected.length,
      right: expected.filter(Boolean).length,
      percent: toPercent(expected.filter(Boolean).length, expected.length),
    },
    invented: invented.length,
  };
}

export function isSame(expected: unknown, given: unknown): boolean {
  if (typeof expected === "number")
    return typeof given === "number" && Math.abs(expected - given) < 1e-9 * Math.max(1, Math.abs(expected));
  if (typeof expected === "string")
    return toText(given).trim().toLowerCase() === expected.trim().toLowerCase();
  if (Array.isArray(expected))
    return (
      Array.isArray(given) &&
      expected.length === given.length &&
      expected.every((item, at) => isSame(item, given[at]))
    );
  if (typeof expected === "object" && expected !== null)
    return Object.entries(expected).every(([name, value]) => isSame(value, toJson(given)[name]));
  return expected === given || (expected === null && given === undefined);
}

function toLatency(answers: readonly GoldenAnswer[]): Json {
  const sorted = answers.map(({ latencyMs }) => latencyMs).sort((left, right) => left - right);
  const at = (part: number): number =>
    toRounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0, 2);
  return { p50: at(0.5), p95: at(0.95) };
}

function toPercent(count: number, of: number): number | null {
  return of === 0 ? null : toRounded((count / of) * 100, 1);
}

function toRounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
