// Whether a condition can ever be told: its names are known, its types fit, it answers yes or no. It evaluates nothing.
import type { ASTNode } from "@marcbachmann/cel-js";
import { toNodeSource } from "../language/expression-node.ts";
import { type ConditionMistake, KINDS, Unfit, unfit, unknownName } from "./condition-mistake.ts";
import {
  ANSWER_TYPES,
  ANY,
  BOOLEAN,
  type ConditionType,
  FACT_TYPES,
  LOOPS,
  NUMBER,
  TEXT,
  TEXT_METHODS,
} from "./condition-type.ts";

/** Loop variables in force, over the facts. */
type Names = Readonly<Record<string, ConditionType>>;

/** Null: it fits. `ast` is of a text that compiles. */
export function findConditionMistake(ast: ASTNode): ConditionMistake | null {
  try {
    need(ast, BOOLEAN, FACT_TYPES);
    return null;
  } catch (error) {
    if (error instanceof Unfit) return error.mistake;
    throw error;
  }
}

/** The type of a part, which must be this one or unknown. */
function need(node: ASTNode, wanted: ConditionType, names: Names): ConditionType {
  const found = toType(node, names);
  if (found.is === wanted.is || found.is === "any") return found;
  const source = toNodeSource(node);
  const [is, not] = [KINDS[found.is], KINDS[wanted.is]];
  return unfit(
    node,
    { en: `${source} is ${is.en}, not ${not.en}.`, ru: `${source}: ${is.ru}, а нужно ${not.ru}.` },
    wanted.is === "boolean"
      ? {
          en: 'Compare it with something: action == "delete".',
          ru: 'Сравните с чем-нибудь: action == "delete".',
        }
      : { en: `Write ${not.en} here.`, ru: `Напишите здесь ${not.ru}.` },
  );
}

function toType(node: ASTNode, names: Names): ConditionType {
  switch (node.op) {
    case "value":
      return toValueType(node.args);
    case "id":
      return toNameType(node, node.args, names);
    case ".":
      return toFieldType(node, node.args, names);
    case ".?":
    case "[?]":
      toType(node.args[0], names);
      return ANY;
    case "[]":
      return toItemType(node.args, names);
    case "call":
      return toCallType({ node, name: node.args[0], args: node.args[1] }, names);
    case "rcall":
      return toCallType({ node, name: node.args[0], args: [node.args[1], ...node.args[2]] }, names);
    case "list":
      return { is: "list", of: toCommon(node.args.map((item) => toType(item, names))) };
    case "map":
      for (const entry of node.args) for (const part of entry) toType(part, names);
      return ANY;
    default:
      return toOperatorType(node, names);
  }
}

const LOGIC: ReadonlySet<string> = new Set(["&&", "||"]);
const ORDERINGS: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const EQUALITIES: ReadonlySet<string> = new Set(["==", "!="]);
const ARITHMETIC: ReadonlySet<string> = new Set(["-", "*", "/", "%"]);

function toOperatorType(node: ASTNode, names: Names): ConditionType {
  if (node.op === "!_") return need(node.args, BOOLEAN, names);
  if (node.op === "-_") return need(node.args, NUMBER, names);
  if (node.op === "?:") {
    const [condition, yes, no] = node.args;
    need(condition, BOOLEAN, names);
    return toCommon([toType(yes, names), toType(no, names)]);
  }
  const pair = toPair(node.args);
  return pair === null ? ANY : toBinaryType(node, pair, names);
}

type Pair = readonly [ASTNode, ASTNode];

function toPair(args: ASTNode["args"]): Pair | null {
  if (!Array.isArray(args)) return null;
  const [left, right] = args;
  return isNode(left) && isNode(right) ? [left, right] : null;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value;
}

function toBinaryType({ op }: ASTNode, pair: Pair, names: Names): ConditionType {
  if (LOGIC.has(op)) {
    for (const side of pair) need(side, BOOLEAN, names);
    return BOOLEAN;
  }
  if (op === "in") return toMembership(pair, names);
  if (EQUALITIES.has(op) || ORDERINGS.has(op)) return toComparison(op, pair, names);
  const types = pair.map((side) => toType(side, names));
  if (!ARITHMETIC.has(op)) return toCommon(types);
  // Of dates and durations too: only what is known to be neither is refused.
  for (const [n, side] of pair.entries()) refuseText(side, types[n] ?? ANY);
  return ANY;
}

function refuseText(node: ASTNode, { is }: ConditionType): void {
  if (is === "any" || is === "number") return;
  const source = toNodeSource(node);
  unfit(
    node,
    { en: `${source} is ${KINDS[is].en}, not a number.`, ru: `${source}: ${KINDS[is].ru}, а нужно число.` },
    { en: "Only numbers are counted with.", ru: "Считают только числами." },
  );
}

function toValueType(value: unknown): ConditionType {
  if (typeof value === "string") return TEXT;
  if (typeof value === "boolean") return BOOLEAN;
  return value === null ? ANY : NUMBER;
}

/** Of all of them, where it is one. */
function toCommon(types: readonly ConditionType[]): ConditionType {
  const [first, ...rest] = types;
  return first !== undefined && rest.every(({ is }) => is === first.is) ? first : ANY;
}

function toNameType(node: ASTNode, name: string, names: Names): ConditionType {
  const known = Object.hasOwn(names, name) ? names[name] : undefined;
  return known ?? unknownName(node, name, Object.keys(names));
}

function toFieldType(node: ASTNode, [target, name]: readonly [ASTNode, string], names: Names): ConditionType {
  const of = toType(target, names);
  if (of.is === "any") return ANY;
  if (of.is === "map") {
    const known = Object.hasOwn(of.fields, name) ? of.fields[name] : undefined;
    return known ?? unknownName(node, name, Object.keys(of.fields));
  }
  const source = toNodeSource(target);
  return unfit(
    node,
    {
      en: `${source} is ${KINDS[of.is].en}; it has no ${name}.`,
      ru: `${source}: ${KINDS[of.is].ru}, поля ${name} у него нет.`,
    },
    of.is === "list"
      ? {
          en: `One of it: ${source}.exists(x, x.${name} == …).`,
          ru: `Одно из них: ${source}.exists(x, x.${name} == …).`,
        }
      : { en: `Leave .${name} out.`, ru: `Уберите .${name}.` },
  );
}

function toItemType([target, key]: readonly [ASTNode, ASTNode], names: Names): ConditionType {
  const of = toType(target, names);
  toType(key, names);
  if (of.is === "list") return of.of;
  if (of.is === "any") return ANY;
  if (of.is === "map" && key.op === "value" && typeof key.args === "string")
    return toFieldType(key, [target, key.args], names);
  return of.is === "map" ? ANY : need(target, { is: "list", of: ANY }, names);
}

function toMembership([item, container]: readonly [ASTNode, ASTNode], names: Names): ConditionType {
  const [one, of] = [toType(item, names), toType(container, names)];
  if (of.is === "list") checkSame(item, one, of.of);
  else if (of.is !== "any" && of.is !== "map") need(container, { is: "list", of: ANY }, names);
  return BOOLEAN;
}

const ORDERED: ReadonlySet<ConditionType["is"]> = new Set(["any", "number", "text", "boolean"]);

function toComparison(op: string, [left, right]: Pair, names: Names): ConditionType {
  const [one, other] = [toType(left, names), toType(right, names)];
  checkSame(left, one, other);
  if (ORDERINGS.has(op) && !ORDERED.has(one.is)) need(left, NUMBER, names);
  return BOOLEAN;
}

/** Text is never equal to a number: such a comparison is a slip, and it would stay unseen. */
function checkSame(node: ASTNode, one: ConditionType, other: ConditionType): void {
  if (one.is === other.is || one.is === "any" || other.is === "any") return;
  const source = toNodeSource(node);
  unfit(
    node,
    {
      en: `${source} is ${KINDS[one.is].en} and is compared with ${KINDS[other.is].en}.`,
      ru: `${source}: ${KINDS[one.is].ru}, а сравнивается так, будто это ${KINDS[other.is].ru}.`,
    },
    { en: "Compare what is of one kind.", ru: "Сравнивайте однородное." },
  );
}

interface Called {
  readonly node: ASTNode;
  readonly name: string;
  /** The receiver comes first. */
  readonly args: readonly ASTNode[];
}

function toCallType(called: Called, names: Names): ConditionType {
  const { name, args } = called;
  const [target, variable] = args;
  if (target === undefined) return toAnswer(name);
  if (NAMESPACED.has(name)) return toBindType(called, names);
  if (LOOPS.has(name) && variable?.op === "id") return toLoopType(called, variable.args, names);
  const [first] = args.map((arg) => toType(arg, names));
  const isOfText = TEXT_METHODS.has(name) || (name === "contains" && first?.is !== "list");
  if (isOfText) need(target, TEXT, names);
  return toAnswer(name);
}

/** `cel.bind`, `optional.of`, `optional.none`: what stands before the dot is no name. */
const NAMESPACED: ReadonlySet<string> = new Set(["bind", "of", "none"]);

function toAnswer(name: string): ConditionType {
  return ANSWER_TYPES[name] ?? ANY;
}

const LIST: ConditionType = { is: "list", of: ANY };
const GOES_OVER: ReadonlySet<ConditionType["is"]> = new Set(["list", "any", "map"]);
/** Their bodies answer a value; those of the others yes or no. */
const MAKES_VALUES: ReadonlySet<string> = new Set(["map", "sortBy", "groupBy"]);

function toLoopType({ name, args }: Called, variable: string, names: Names): ConditionType {
  const [target, , ...bodies] = args;
  if (target === undefined) return ANY;
  const over = toType(target, names);
  if (!GOES_OVER.has(over.is)) need(target, LIST, names);
  const inner = { ...names, [variable]: over.is === "list" ? over.of : ANY };
  for (const body of bodies) {
    if (MAKES_VALUES.has(name)) toType(body, inner);
    else need(body, BOOLEAN, inner);
  }
  return name === "filter" ? over : toAnswer(name);
}

/** `cel.bind(x, value, expression)`, and the optionals: `cel` and `optional` are no names. */
function toBindType({ name, args }: Called, names: Names): ConditionType {
  const [, variable, value, body] = args;
  if (name !== "bind" || variable?.op !== "id" || value === undefined || body === undefined) return ANY;
  return toType(body, { ...names, [variable.args]: toType(value, names) });
}
