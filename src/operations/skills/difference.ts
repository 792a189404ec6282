// What an answer lacks of what a test case expects. Objects are compared by the keys expected, lists by the items expected
// from their start; an empty list means an empty list.
import { isRecord } from "../../kernel/domain/json.ts";

interface Expectation {
  readonly status?: string | undefined;
  readonly result?: unknown;
  readonly answer?: string | undefined;
  readonly missing?: readonly string[] | undefined;
  readonly code?: string | undefined;
  readonly writes?: number | undefined;
}

type Answer = Readonly<Record<string, unknown>>;

export function findDifferences(expected: Expectation, answer: Answer): string[] {
  const other = findOtherEnd(expected, answer);
  if (other !== null) return [other];
  const checks: readonly [unknown, unknown][] = [
    [expected.missing && [...expected.missing].sort().join(), toNames(answer["missing"]).join()],
    [expected.code, toCode(answer["problem"])],
    [expected.writes, countWrites(answer["effects"])],
  ];
  const names = ["missing", "code", "writes"];
  const plain = checks.flatMap(([wanted, got], index) =>
    wanted === undefined || wanted === got ? [] : [say(names[index] ?? "", wanted, got)],
  );
  const said = String(answer["answer"]);
  const sentence =
    expected.answer === undefined || said.includes(expected.answer)
      ? []
      : [say("answer", expected.answer, said)];
  const result = expected.result === undefined ? [] : compare(expected.result, answer["result"], "result");
  return [...plain, ...sentence, ...result];
}

/** A run that ended in another way than expected lacks its answer and result besides: only why it did so helps. */
function findOtherEnd(expected: Expectation, answer: Answer): string | null {
  const { status } = answer;
  if (expected.status !== undefined)
    return status === expected.status ? null : `status: expected ${expected.status}, got ${describe(answer)}`;
  if (expected.code === undefined && isRecord(answer["problem"])) return `the run ${describe(answer)}`;
  const wantsMore = expected.answer !== undefined || expected.result !== undefined;
  const isOpen = status === "needs_input" || status === "needs_choice";
  return wantsMore && isOpen ? `the run did not start: ${describe(answer)}` : null;
}

function say(name: string, wanted: unknown, got: unknown): string {
  return `${name}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got) ?? "nothing"}`;
}

function compare(wanted: unknown, got: unknown, path: string): string[] {
  if (Array.isArray(wanted)) return compareLists(wanted, got, path);
  if (isRecord(wanted)) {
    if (!isRecord(got)) return [say(path, wanted, got)];
    return Object.entries(wanted).flatMap(([key, value]) => compare(value, got[key], `${path}.${key}`));
  }
  const isSame =
    typeof wanted === "number" && typeof got === "number"
      ? Math.abs(wanted - got) < 1e-9
      : wanted === (got ?? null);
  return isSame ? [] : [say(path, wanted, got)];
}

function compareLists(wanted: readonly unknown[], got: unknown, path: string): string[] {
  if (!Array.isArray(got) || got.length < wanted.length || (wanted.length === 0 && got.length > 0))
    return [say(path, wanted, got)];
  return wanted.flatMap((value, index) => compare(value, got[index], `${path}[${index}]`));
}

/** A run that failed says why beside its status, one that asks what it asks for. */
function describe(answer: Answer): string {
  const { status, problem } = answer;
  const asked = toNames(answer["missing"]).join(", ");
  if (!isRecord(problem)) return asked === "" ? String(status) : `${String(status)} (${asked})`;
  const code = String(problem["code"]);
  const hint = code === "no_data" ? ' Its rows may stand in "tables" of the case.' : "";
  return `${String(status)} (${code}: ${String(problem["detail"])}${hint})`;
}

function toCode(problem: unknown): string | null {
  return isRecord(problem) ? String(problem["code"]) : null;
}

function toNames(missing: unknown): string[] {
  return Array.isArray(missing)
    ? missing.map((field) => (isRecord(field) ? String(field["name"]) : "")).sort()
    : [];
}

function countWrites(effects: unknown): number {
  if (!Array.isArray(effects)) return 0;
  return effects.filter(
    (effect) => isRecord(effect) && effect["class"] !== "read" && effect["state"] === "done",
  ).length;
}
