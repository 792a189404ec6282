// From the parser's tree to closures: every name, function and arity is settled here, once, so that running only computes.
import type { ASTNode } from "@marcbachmann/cel-js";
import { readMember, readOptional, readRoot } from "./expression-access.ts";
import { findNearestName } from "./nearest-name.ts";
import { readLocal, type Run, spend, spendOnBoth, spendOnTexts, toDeepWork } from "./expression-frame.ts";
import { type ExpressionFunction, VALUE_FUNCTIONS } from "./expression-functions.ts";
import { LIST_FUNCTIONS } from "./expression-lists.ts";
import { MACROS } from "./expression-macros.ts";
import {
  type CallNode,
  CompileError,
  type Compiler,
  type Reference,
  toNodeSource,
  tryBoolean,
} from "./expression-node.ts";
import { BINARY, toBoolean } from "./expression-operators.ts";
import { TEXT_FUNCTIONS } from "./expression-text.ts";
import { toNumber } from "./expression-values.ts";

const FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  ...VALUE_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...LIST_FUNCTIONS,
};

const FUNCTION_NAMES: readonly string[] = [...Object.keys(FUNCTIONS), ...Object.keys(MACROS)].sort();

export function createCompiler(references: Reference[], locals: ReadonlySet<string> = new Set()): Compiler {
  const compiler: Compiler = {
    locals,
    references,
    compile: (node) => compileNode(node, compiler),
    within: (local) => createCompiler(references, new Set([...locals, local])),
  };
  return compiler;
}

function compileNode(node: ASTNode, compiler: Compiler): Run {
  switch (node.op) {
    case "value":
      return compileValue(node, node.args);
    case "id":
      return compileName(node, null, compiler);
    case ".":
      return compileField(node, node.args, compiler);
    case ".?":
      return compileOptional(compiler.compile(node.args[0]), () => node.args[1]);
    case "[]":
      return compileIndex(node.args, compiler);
    case "[?]":
      return compileOptional(compiler.compile(node.args[0]), compiler.compile(node.args[1]));
    case "call":
      return compileCall({ node, name: node.args[0], args: node.args[1], compiler });
    case "rcall":
      return compileCall({ node, name: node.args[0], args: [node.args[1], ...node.args[2]], compiler });
    case "list":
      return compileList(node.args.map(compiler.compile));
    case "map":
      return compileMap(node.args.map(([key, value]) => [compiler.compile(key), compiler.compile(value)]));
    default:
      return compileOperator(node, compiler);
  }
}

function compileOperator(node: ASTNode, compiler: Compiler): Run {
  switch (node.op) {
    case "?:":
      return compileChoice(node.args, compiler);
    case "||":
      return compileLogical(node.args, true, compiler);
    case "&&":
      return compileLogical(node.args, false, compiler);
    case "!_": {
      const [run, source] = [compiler.compile(node.args), toNodeSource(node.args)];
      return (frame) => !toBoolean(run(frame), source);
    }
    case "-_": {
      const [run, source] = [compiler.compile(node.args), toNodeSource(node.args)];
      return (frame) => -toNumber(run(frame), source);
    }
    default:
      return compileBinary(node, compiler);
  }
}

function compileBinary(node: ASTNode, compiler: Compiler): Run {
  const operator = BINARY[node.op];
  const pair = toPair(node.args);
  if (operator === undefined || pair === null)
    throw new CompileError(
      node,
      `Оператор ${node.op} не поддерживается.`,
      `The operator ${node.op} is not supported.`,
    );
  const [left, right] = pair.map(compiler.compile);
  const sides = { left: toNodeSource(pair[0]), right: toNodeSource(pair[1]) };
  if (left === undefined || right === undefined)
    throw new CompileError(node, "Нет операнда.", "An operand is missing.");
  return (frame) => {
    const [one, other] = [left(frame), right(frame)];
    spendOnBoth(frame, one, other);
    return operator(one, other, sides);
  };
}

function toPair(args: ASTNode["args"]): readonly [ASTNode, ASTNode] | null {
  if (!Array.isArray(args)) return null;
  const [left, right] = args;
  return isNode(left) && isNode(right) ? [left, right] : null;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value;
}

/** Every number is a double, as in JSON; a whole number too long for a double is refused rather than changed. */
function compileValue(node: ASTNode, value: unknown): Run {
  if (value instanceof Uint8Array)
    throw new CompileError(
      node,
      "Байты b'…' не поддерживаются: возьмите текст.",
      "Bytes b'…' are not supported: use text.",
    );
  const isWhole = typeof value === "bigint" || (typeof value === "object" && value !== null);
  const plain = isWhole ? Number(String(value)) : value;
  if (isWhole && !Number.isSafeInteger(plain)) {
    throw new CompileError(
      node,
      "Число слишком длинное: возьмите его в кавычки, как текст.",
      "The number is too long: put it in quotes, as text.",
    );
  }
  return () => plain;
}

type NameNode = Extract<ASTNode, { readonly op: "id" }>;

function compileName(node: NameNode, member: string | null, compiler: Compiler): Run {
  const name = node.args;
  if (compiler.locals.has(name)) return (frame) => readLocal(frame, name);
  compiler.references.push({ root: name, member, column: node.start + 1 });
  return (frame) => readRoot(frame, name);
}

function compileField(node: ASTNode, [target, key]: readonly [ASTNode, string], compiler: Compiler): Run {
  const source = toNodeSource(target);
  const run = target.op === "id" ? compileName(target, key, compiler) : compiler.compile(target);
  return (frame) => readMember(run(frame), key, source);
}

function compileIndex([target, index]: readonly [ASTNode, ASTNode], compiler: Compiler): Run {
  const source = toNodeSource(target);
  const literal = index.op === "value" && typeof index.args === "string" ? index.args : null;
  const run = target.op === "id" ? compileName(target, literal, compiler) : compiler.compile(target);
  const key = compiler.compile(index);
  return (frame) => readMember(run(frame), key(frame), source);
}

function compileOptional(target: Run, key: Run): Run {
  return (frame) => readOptional(target(frame), key(frame));
}

function compileList(items: readonly Run[]): Run {
  return (frame) => items.map((item) => item(frame));
}

function compileMap(entries: readonly (readonly Run[])[]): Run {
  return (frame) => {
    const made: [string, unknown][] = [];
    for (const [key, value] of entries)
      if (key !== undefined && value !== undefined) made.push([String(key(frame)), value(frame)]);
    // fromEntries defines own properties, so a key named __proto__ is only a key.
    return Object.fromEntries(made);
  };
}

function compileChoice([condition, yes, no]: readonly [ASTNode, ASTNode, ASTNode], compiler: Compiler): Run {
  const source = toNodeSource(condition);
  const [test, first, second] = [compiler.compile(condition), compiler.compile(yes), compiler.compile(no)];
  return (frame) => (toBoolean(test(frame), source) ? first(frame) : second(frame));
}

/** CEL's logic: an error on one side does not matter when the other side decides. */
function compileLogical(
  [leftNode, rightNode]: readonly [ASTNode, ASTNode],
  decisive: boolean,
  compiler: Compiler,
): Run {
  const [left, right] = [compiler.compile(leftNode), compiler.compile(rightNode)];
  const [leftSource, rightSource] = [toNodeSource(leftNode), toNodeSource(rightNode)];
  return (frame) => {
    const first = tryBoolean(left, leftSource, frame);
    if (first === decisive) return decisive;
    const second = toBoolean(right(frame), rightSource);
    if (second === decisive || typeof first === "boolean") return second;
    throw first;
  };
}

function compileCall(call: CallNode): Run {
  const { node, name, args, compiler } = call;
  const macro = Object.hasOwn(MACROS, name) ? MACROS[name] : undefined;
  if (macro !== undefined) return macro(call);
  const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (called === undefined) {
    const nearest = findNearestName(name, FUNCTION_NAMES);
    throw new CompileError(
      node,
      `Функции ${name} нет.${nearest === null ? "" : ` Может быть, ${nearest}?`}`,
      `There is no function ${name}.${nearest === null ? "" : ` Did you mean ${nearest}?`}`,
    );
  }
  const [fewest, most] = called.arity;
  if (args.length < fewest || args.length > most)
    throw new CompileError(node, `${name} пишут так: ${called.usage}`, `${name} is written ${called.usage}`);
  const runs = args.map(compiler.compile);
  const sources = args.map(toNodeSource);
  return (frame) => {
    const values = runs.map((run) => run(frame));
    spendOnTexts(frame, values);
    return called.run({
      args: values,
      sources,
      spend: (work) => spend(frame, work),
      spendOn: (value) => spend(frame, toDeepWork(value, frame.purse.left)),
    });
  };
}
