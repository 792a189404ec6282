// The list functions of expressions. None changes its argument.
import { fail } from "./expression-error.ts";
import {
  type ExpressionFunction,
  roundTo,
  toSource,
  toTextArgument,
  toWholeArgument,
  type Call,
} from "./expression-functions.ts";
import { areEqual, compare, toCheckedText } from "./expression-operators.ts";
import { isMap, toKindName, toNumber, toUnmarked } from "./expression-values.ts";

export function toList(value: unknown, source: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const kind = toKindName(value);
  return fail("type", `${source}: ${kind.ru}, а нужен список.`, `${source} is ${kind.en}, not a list.`);
}

function toListArgument(call: Call): readonly unknown[] {
  const list = toList(call.args[0], toSource(call, 0));
  call.spend(list.length);
  return list;
}

function toItemSides(call: Call) {
  const source = toSource(call, 0);
  return { left: source, right: source };
}

/** Empty cells sort last: a table with gaps is the normal case. */
export function toSorted(
  items: readonly unknown[],
  keys: readonly unknown[],
  source: string,
): readonly unknown[] {
  const sides = { left: source, right: source };
  const order = items.map((_, index) => index);
  order.sort((left, right) => {
    const [a, b] = [keys[left] ?? null, keys[right] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return compare(a, b, sides);
  });
  return order.map((index) => items[index]);
}

function sort(call: Call): readonly unknown[] {
  const list = toListArgument(call);
  call.spend(list.length * Math.ceil(Math.log2(list.length + 1)));
  return toSorted(list, list, toSource(call, 0));
}

function distinct(call: Call): readonly unknown[] {
  const seen = new Set<unknown>();
  const found: unknown[] = [];
  for (const item of toListArgument(call)) {
    const key = toUnmarked(item);
    if (typeof key === "object" && key !== null) {
      const isKnown = found.some((other) => {
        call.spendOn(item);
        return areEqual(other, item);
      });
      if (!isKnown) found.push(item);
    } else if (!seen.has(key)) {
      seen.add(key);
      found.push(item);
    }
  }
  return found;
}

function flatten(list: readonly unknown[], depth: number, call: Call): readonly unknown[] {
  call.spend(list.length);
  return list.flatMap((item) => (Array.isArray(item) && depth > 0 ? flatten(item, depth - 1, call) : [item]));
}

function slice(call: Call): unknown {
  const list = toListArgument(call);
  const [start, end] = [
    toWholeArgument(call, 1),
    call.args.length > 2 ? toWholeArgument(call, 2) : list.length,
  ];
  if (start < 0 || end < start)
    fail(
      "type",
      "slice: границы от 0, конец не раньше начала.",
      "slice: bounds start at 0 and the end is not before the start.",
    );
  return list.slice(start, end);
}

function reverse(call: Call): unknown {
  if (typeof call.args[0] === "string") return [...call.args[0]].reverse().join("");
  return [...toListArgument(call)].reverse();
}

function join(call: Call): string {
  const source = toSource(call, 0);
  const separator = call.args.length > 1 ? toTextArgument(call, 1) : "";
  const parts = toListArgument(call).map((item) => {
    const unmarked = toUnmarked(item);
    if (unmarked !== null && typeof unmarked !== "object") return String(unmarked);
    const kind = toKindName(item);
    return fail(
      "type",
      `join: в ${source} есть ${kind.ru}, а нужен текст.`,
      `join: ${source} holds ${kind.en}, not text.`,
    );
  });
  return toCheckedText(parts.join(separator));
}

function size(call: Call): number {
  const value = call.args[0];
  if (typeof value === "string") return [...value].length;
  if (!isMap(value)) return toList(value, toSource(call, 0)).length;
  const { length } = Object.keys(value);
  call.spend(length);
  return length;
}

/** Binary noise below the tenth decimal is removed: 0.1 + 0.2 is 0.3 to the people who read it. */
function sum(call: Call): number {
  const source = toSource(call, 0);
  const total = toListArgument(call).reduce<number>((running, item) => running + toNumber(item, source), 0);
  if (!Number.isFinite(total))
    fail(
      "arithmetic",
      `sum(${source}): результат слишком велик.`,
      `sum(${source}): the result is too large.`,
    );
  return Math.abs(total) < 1e5 ? roundTo(total, 10) : total;
}

/** min(list) or min(a, b, …). */
function pick(call: Call, name: string, sign: number): unknown {
  const candidates = call.args.length === 1 ? toListArgument(call) : call.args;
  const [first, ...rest] = candidates;
  if (candidates.length === 0)
    fail(
      "missing",
      `${name}(${toSource(call, 0)}): список пуст.`,
      `${name}(${toSource(call, 0)}): the list is empty.`,
    );
  return rest.reduce(
    (best, item) => (compare(item, best, toItemSides(call)) * sign > 0 ? item : best),
    first,
  );
}

const list = (
  usage: string,
  arity: readonly [number, number],
  run: ExpressionFunction["run"],
): ExpressionFunction => ({ usage, arity, run });

export const LIST_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  size: list("size(list)", [1, 1], size),
  sum: list("sum(list)", [1, 1], sum),
  min: list("min(list)", [1, 32], (call) => pick(call, "min", -1)),
  max: list("max(list)", [1, 32], (call) => pick(call, "max", 1)),
  sort: list("list.sort()", [1, 1], sort),
  distinct: list("list.distinct()", [1, 1], distinct),
  flatten: list("list.flatten(depth)", [1, 2], (call) =>
    flatten(toListArgument(call), call.args.length > 1 ? toWholeArgument(call, 1) : 1, call),
  ),
  slice: list("list.slice(start, end)", [2, 3], slice),
  reverse: list("list.reverse()", [1, 1], reverse),
  join: list("list.join(separator)", [1, 2], join),
};
