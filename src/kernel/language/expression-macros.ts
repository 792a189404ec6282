// The forms that look at an argument before it has a value: loops over lists, has(), coalesce(), cel.bind(), optionals.
import type { ASTNode } from "@marcbachmann/cel-js";
import { ExpressionError } from "./expression-error.ts";
import { type Frame, type Run, spend, toInnerFrame } from "./expression-frame.ts";
import { toList, toSorted } from "./expression-lists.ts";
import { type CallNode, CompileError, toNodeSource, tryBoolean } from "./expression-node.ts";
import { toBoolean } from "./expression-operators.ts";
import { isMap, OptionalValue, toUnmarked } from "./expression-values.ts";

type Macro = (call: CallNode) => Run;

/** A loop as written: over what, its variable, and the bodies that see the variable. */
interface Loop {
  readonly name: string;
  readonly sources: readonly string[];
  readonly bodies: readonly Run[];
  readonly items: (frame: Frame) => readonly unknown[];
}

function usage(call: CallNode, written: string): CompileError {
  return new CompileError(
    call.node,
    `${call.name} пишут так: ${written}`,
    `${call.name} is written ${written}`,
  );
}

function compileLoop(call: CallNode, written: string, bodyCounts: readonly number[]): Loop {
  const [target, variable, ...bodies] = call.args;
  if (target === undefined || variable?.op !== "id" || !bodyCounts.includes(bodies.length))
    throw usage(call, written);
  const inner = call.compiler.within(variable.args);
  const [run, source] = [call.compiler.compile(target), toNodeSource(target)];
  // A body costs about as much as it is long; nested loops multiply by themselves.
  const cost = 1 + Math.ceil(bodies.reduce((length, body) => length + body.end - body.start, 0) / 8);
  const items = (frame: Frame) => {
    const value = run(frame);
    const list = isMap(value) ? Object.keys(value) : toList(value, source);
    spend(frame, list.length * cost);
    return list;
  };
  return { name: variable.args, sources: bodies.map(toNodeSource), bodies: bodies.map(inner.compile), items };
}

function first<T>(values: readonly T[], call: CallNode): T {
  const [value] = values;
  if (value === undefined) throw usage(call, `${call.name}(…)`);
  return value;
}

/** all and exists: an error in one item does not matter when another item decides. */
function quantifier(decisive: boolean): Macro {
  return (call) => {
    const loop = compileLoop(call, `list.${call.name}(x, condition)`, [1]);
    const [body, source] = [first(loop.bodies, call), first(loop.sources, call)];
    return (frame) => {
      let error: ExpressionError | null = null;
      for (const item of loop.items(frame)) {
        const answer = tryBoolean(body, source, toInnerFrame(frame, loop.name, item));
        if (answer === decisive) return decisive;
        if (answer instanceof ExpressionError) error ??= answer;
      }
      if (error !== null) throw error;
      return !decisive;
    };
  };
}

function existsOne(call: CallNode): Run {
  const loop = compileLoop(call, "list.exists_one(x, condition)", [1]);
  const [body, source] = [first(loop.bodies, call), first(loop.sources, call)];
  return (frame) =>
    loop.items(frame).filter((item) => toBoolean(body(toInnerFrame(frame, loop.name, item)), source))
      .length === 1;
}

function map(call: CallNode): Run {
  const loop = compileLoop(call, "list.map(x, value) / list.map(x, condition, value)", [1, 2]);
  const [body, source] = [first(loop.bodies, call), first(loop.sources, call)];
  const transform = loop.bodies[1];
  if (transform === undefined)
    return (frame) => loop.items(frame).map((item) => body(toInnerFrame(frame, loop.name, item)));
  return (frame) => {
    const frames = loop.items(frame).map((item) => toInnerFrame(frame, loop.name, item));
    return frames.filter((inner) => toBoolean(body(inner), source)).map(transform);
  };
}

function filter(call: CallNode): Run {
  const loop = compileLoop(call, "list.filter(x, condition)", [1]);
  const [body, source] = [first(loop.bodies, call), first(loop.sources, call)];
  return (frame) =>
    loop.items(frame).filter((item) => toBoolean(body(toInnerFrame(frame, loop.name, item)), source));
}

function sortBy(call: CallNode): Run {
  const loop = compileLoop(call, "list.sortBy(x, key)", [1]);
  const [body, source] = [first(loop.bodies, call), first(loop.sources, call)];
  return (frame) => {
    const items = loop.items(frame);
    return toSorted(
      items,
      items.map((item) => body(toInnerFrame(frame, loop.name, item))),
      source,
    );
  };
}

/** A map from key to the items that have it, in order of first appearance. */
function groupBy(call: CallNode): Run {
  const loop = compileLoop(call, "list.groupBy(x, key)", [1]);
  const body = first(loop.bodies, call);
  return (frame) => {
    const groups = new Map<string, unknown[]>();
    for (const item of loop.items(frame)) {
      const key = String(toUnmarked(body(toInnerFrame(frame, loop.name, item))));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
    return Object.fromEntries(groups);
  };
}

function tryMissing(run: Run, frame: Frame, absent: null | undefined): unknown {
  try {
    return run(frame);
  } catch (error) {
    if (error instanceof ExpressionError && error.code === "missing") return absent;
    throw error;
  }
}

/** The first that is there and not empty; missing keys count as empty, which is what it is for. */
function coalesce(call: CallNode): Run {
  if (call.args.length === 0) throw usage(call, "coalesce(a, b, …)");
  const runs = call.args.map(call.compiler.compile);
  return (frame) => {
    for (const run of runs) {
      const value = tryMissing(run, frame, null);
      const plain = value instanceof OptionalValue ? value.value : value;
      if (plain !== null) return plain;
    }
    return null;
  };
}

function has(call: CallNode): Run {
  const [target] = call.args;
  if (call.args.length !== 1 || target?.op !== ".") throw usage(call, "has(a.b)");
  const run = call.compiler.compile(target);
  return (frame) => tryMissing(run, frame, undefined) !== undefined;
}

function bind(call: CallNode): Run {
  const [receiver, variable, value, body] = call.args;
  if (
    receiver?.op !== "id" ||
    receiver.args !== "cel" ||
    variable?.op !== "id" ||
    value === undefined ||
    body === undefined
  )
    throw usage(call, "cel.bind(x, value, expression)");
  const run = call.compiler.compile(value);
  const inner = call.compiler.within(variable.args).compile(body);
  return (frame) => inner(toInnerFrame(frame, variable.args, run(frame)));
}

function isOptionalNamespace(node: ASTNode | undefined): boolean {
  return node?.op === "id" && node.args === "optional";
}

function optionalOf(call: CallNode): Run {
  const [receiver, value] = call.args;
  if (!isOptionalNamespace(receiver) || value === undefined || call.args.length !== 2)
    throw usage(call, "optional.of(value)");
  const run = call.compiler.compile(value);
  return (frame) => new OptionalValue(true, run(frame));
}

function optionalNone(call: CallNode): Run {
  if (!isOptionalNamespace(call.args[0]) || call.args.length !== 1) throw usage(call, "optional.none()");
  return () => new OptionalValue(false);
}

/** Methods of an optional: `onPresent` and `onAbsent` decide; the argument is computed only when needed. */
function optionalMethod(
  argumentCount: number,
  decide: (value: OptionalValue, other: () => unknown, source: string) => unknown,
): Macro {
  return (call) => {
    const [target, argument] = call.args;
    if (target === undefined || call.args.length !== argumentCount + 1)
      throw usage(call, `x.?y.${call.name}(${argumentCount === 0 ? "" : "…"})`);
    const [run, source] = [call.compiler.compile(target), toNodeSource(target)];
    const other: Run = argument === undefined ? () => null : call.compiler.compile(argument);
    return (frame) => {
      const value = run(frame);
      // A plain value is taken as present: `a.b.orValue(0)` is what people write first.
      return decide(
        value instanceof OptionalValue ? value : new OptionalValue(value !== null, value),
        () => other(frame),
        source,
      );
    };
  };
}

function takeValue(value: OptionalValue, _other: () => unknown, source: string): unknown {
  if (value.present) return value.value;
  throw new ExpressionError("missing", { ru: `${source}: значения нет.`, en: `${source} has no value.` });
}

export const MACROS: Readonly<Record<string, Macro>> = {
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: existsOne,
  existsOne,
  map,
  filter,
  sortBy,
  groupBy,
  coalesce,
  has,
  bind,
  of: optionalOf,
  none: optionalNone,
  hasValue: optionalMethod(0, (value) => value.present),
  value: optionalMethod(0, takeValue),
  orValue: optionalMethod(1, (value, other) => (value.present ? value.value : other())),
  or: optionalMethod(1, (value, other) => (value.present ? value : other())),
};
