// What a compiled expression runs with: the scope, its own loop variables, and a purse of work that every loop draws on.
// Time cannot stop it (the platform's clock stands still while it computes), so counted work does.
import { fail } from "./expression-error.ts";

export type Scope = Readonly<Record<string, unknown>>;

/** About 50 ms: a few thousand rows through a few nested loops. */
const MAX_WORK = 2_000_000;

interface Purse {
  left: number;
}

export interface Frame {
  readonly scope: Scope;
  readonly purse: Purse;
  /** The loop variable of this frame; the outermost frame has none. */
  readonly name: string | null;
  readonly value: unknown;
  readonly parent: Frame | null;
}

export type Run = (frame: Frame) => unknown;

export function toRootFrame(scope: Scope): Frame {
  return { scope, purse: { left: MAX_WORK }, name: null, value: null, parent: null };
}

export function toInnerFrame(parent: Frame, name: string, value: unknown): Frame {
  return { scope: parent.scope, purse: parent.purse, name, value, parent };
}

export function spend(frame: Frame, work: number): void {
  frame.purse.left -= work;
  if (frame.purse.left < 0)
    fail(
      "limit",
      "Выражение делает слишком много работы: вложенные списки слишком велики.",
      "The expression does too much work: its nested lists are too large.",
    );
}

/** A unit of work goes through so many letters or elements: a loop over a long text is as long as one over a list. */
const SIGNS_PER_WORK = 16;

/** Elements of a list or a map cost more to compare or to write out than letters. */
const PARTS_PER_WORK = 2;

/** The parts of a list or a map, all the way down, as the work of going through them; the count ends at what is left to spend. */
export function toDeepWork(value: unknown, left: number): number {
  const most = left * PARTS_PER_WORK;
  const open = [value];
  let parts = 0;
  while (open.length > 0 && parts <= most) {
    const one = open.pop();
    parts += 1;
    if (typeof one === "string") parts += one.length / SIGNS_PER_WORK;
    else if (typeof one === "object" && one !== null)
      for (const inner of Object.values(one)) open.push(inner);
  }
  return Math.ceil(parts / PARTS_PER_WORK);
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** What an operator may have to go through: two lists or maps are compared all the way down. */
export function spendOnBoth(frame: Frame, left: unknown, right: unknown): void {
  if (isContainer(left) && isContainer(right)) {
    for (const value of [left, right]) spend(frame, toDeepWork(value, frame.purse.left));
    return;
  }
  const signs = [left, right].map((value) =>
    typeof value === "string" || Array.isArray(value) ? value.length : 0,
  );
  spend(frame, Math.floor(signs.reduce((sum, length) => sum + length, 0) / SIGNS_PER_WORK));
}

/** What a function may have to go through; those of lists pay for these themselves. */
export function spendOnTexts(frame: Frame, values: readonly unknown[]): void {
  const signs = values.reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? value.length : 0),
    0,
  );
  spend(frame, Math.floor(signs / SIGNS_PER_WORK));
}

export function readLocal(frame: Frame, name: string): unknown {
  for (let at: Frame | null = frame; at !== null; at = at.parent) if (at.name === name) return at.value;
  return null;
}
