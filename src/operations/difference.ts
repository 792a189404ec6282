// What an answer lacks of what a test case expects. Objects are compared by the keys expected, lists by the items expected
// from their start; an empty list means an empty list.

interface Expectation {
  readonly status?: string | undefined;
  readonly result?: unknown;
  readonly answer?: string | undefined;
  readonly missing?: readonly string[] | undefined;
  readonly code?: string | undefined;
  readonly writes?: number | undefined;
}

export function findDifferences(expected: Expectation, answer: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  const said = (name: string, wanted: unknown, got: unknown): void => {
    problems.push(`${name}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got) ?? "nothing"}`);
  };
  if (expected.status !== undefined && expected.status !== answer["status"]) said("status", expected.status, describe(answer));
  if (expected.result !== undefined) compare(expected.result, answer["result"], "result", said);
  if (expected.answer !== undefined && !String(answer["answer"]).includes(expected.answer)) said("answer", expected.answer, answer["answer"]);
  if (expected.missing !== undefined) {
    const names = toNames(answer["missing"]);
    if (names.join() !== [...expected.missing].sort().join()) said("missing", expected.missing, names);
  }
  if (expected.code !== undefined && expected.code !== toCode(answer["problem"])) said("code", expected.code, toCode(answer["problem"]));
  if (expected.writes !== undefined && expected.writes !== countWrites(answer["effects"])) said("writes", expected.writes, countWrites(answer["effects"]));
  return problems;
}

type Say = (name: string, wanted: unknown, got: unknown) => void;

function compare(wanted: unknown, got: unknown, path: string, said: Say): void {
  if (isObject(wanted)) {
    if (!isObject(got)) said(path, wanted, got);
    else for (const [key, value] of Object.entries(wanted)) compare(value, got[key], `${path}.${key}`, said);
    return;
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(got) || got.length < wanted.length || (wanted.length === 0 && got.length > 0)) said(path, wanted, got);
    else wanted.forEach((value, index) => compare(value, got[index], `${path}[${index}]`, said));
    return;
  }
  if (typeof wanted === "number" && typeof got === "number" && Math.abs(wanted - got) < 1e-9) return;
  if (wanted !== (got ?? null)) said(path, wanted, got);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A failed run says why beside its status. */
function describe(answer: Readonly<Record<string, unknown>>): string {
  const { status, problem } = answer;
  return isObject(problem) ? `${String(status)} (${String(problem["code"])}: ${String(problem["detail"])})` : String(status);
}

function toCode(problem: unknown): string | null {
  return isObject(problem) ? String(problem["code"]) : null;
}

function toNames(missing: unknown): string[] {
  return Array.isArray(missing) ? missing.map((field) => (isObject(field) ? String(field["name"]) : "")).sort() : [];
}

function countWrites(effects: unknown): number {
  if (!Array.isArray(effects)) return 0;
  return effects.filter((effect) => isObject(effect) && effect["class"] !== "read" && effect["state"] === "done").length;
}
