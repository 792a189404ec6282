// Conditions as trees: made by chance, written as the text that a policy holds, and told here by looking at the tree alone.
import type { Chance } from "../lib/chance.ts";

type Value = string | number;

/** A path into the facts, or a value as it stands. */
type Term = { readonly path: Path } | { readonly value: Value };

export type Tree =
  | { readonly is: "and" | "or"; readonly sides: readonly [Tree, Tree] }
  | { readonly is: "not"; readonly side: Tree }
  | { readonly is: "compare"; readonly by: string; readonly left: Term; readonly right: Term }
  | { readonly is: "among"; readonly item: Term; readonly values: readonly Value[] }
  | { readonly is: "tagged"; readonly tag: string }
  | { readonly is: "touches"; readonly field: string; readonly value: string };

/** What a condition can look at: plain objects, and nothing where something is not known. */
export type Scope = Readonly<Record<string, unknown>>;

/** Null: it cannot be told. */
export type Told = boolean | null;

type Path = readonly [string, string?];
type Paths = readonly [Path, ...Path[]];
type Making = readonly [() => Tree, ...(() => Tree)[]];

const NUMBERS: Paths = [
  // More often than others: they are not always known.
  ["amounts", "entities"],
  ["amounts", "entities"],
  ["risk"],
  ["amounts", "entities"],
  ["amounts", "cost_usd"],
  ["time", "hour"],
  ["time", "weekday"],
  ["time", "day"],
  ["skill", "risk"],
  ["input", "total"],
  ["input", "nowhere"],
  ["input", "word"],
];
const TEXTS: Paths = [
  ["subject", "user"],
  ["subject", "role"],
  ["subject", "key"],
  ["skill", "id"],
  ["skill", "domain"],
  ["action"],
  ["channel"],
  ["time", "date"],
  ["input", "word"],
  ["input", "nowhere"],
];
const WORDS = [
  "anna",
  "boris",
  "owner",
  "member",
  "shop",
  "shop/sell",
  "write",
  "delete",
  "http",
  "key_1",
  "2026-11-28",
] as const;

export function makeTree(chance: Chance, depth: number): Tree {
  if (depth === 0 || chance.next() > 0.55) return makeLeaf(chance);
  const side = (): Tree => makeTree(chance, depth - 1);
  const making: Making = [
    () => ({ is: "and", sides: [side(), side()] }),
    () => ({ is: "or", sides: [side(), side()] }),
    () => ({ is: "not", side: side() }),
  ];
  return chance.pick(making)();
}

function makeLeaf(chance: Chance): Tree {
  const making: Making = [
    () => ({
      is: "compare",
      by: chance.pick(["==", "!=", "<", "<=", ">", ">="]),
      left: { path: chance.pick(NUMBERS) },
      right: { value: chance.between(0, 14) },
    }),
    () => ({
      is: "compare",
      by: chance.pick(["==", "!=", "<", ">"]),
      left: { path: chance.pick(TEXTS) },
      right: { value: chance.pick(WORDS) },
    }),
    () => ({
      is: "among",
      item: { path: chance.pick(TEXTS) },
      values: [chance.pick(WORDS), chance.pick(WORDS)],
    }),
    () => ({ is: "tagged", tag: chance.pick(["money", "staff"]) }),
    () => ({
      is: "touches",
      field: chance.pick(["class", "target", "via"]),
      value: chance.pick(["write", "delete", "orders", "sql"]),
    }),
  ];
  return chance.pick(making)();
}

const quote = (value: Value): string => JSON.stringify(value);
const write = (term: Term): string => ("value" in term ? quote(term.value) : term.path.join("."));

/** As an author would write it, with a bracket around everything. */
export function toText(tree: Tree): string {
  switch (tree.is) {
    case "and":
    case "or":
      return `(${tree.sides.map(toText).join(tree.is === "and" ? " && " : " || ")})`;
    case "not":
      return `!(${toText(tree.side)})`;
    case "compare":
      return `${write(tree.left)} ${tree.by} ${write(tree.right)}`;
    case "among":
      return `${write(tree.item)} in [${tree.values.map(quote).join(", ")}]`;
    case "tagged":
      return `${quote(tree.tag)} in skill.tags`;
    case "touches":
      return `effects.exists(e, e.${tree.field} == ${quote(tree.value)})`;
  }
}

export function asksForCount(tree: Tree): boolean {
  switch (tree.is) {
    case "and":
    case "or":
      return tree.sides.some(asksForCount);
    case "not":
      return asksForCount(tree.side);
    case "compare":
      return [tree.left, tree.right].some(
        (term) => "path" in term && term.path.join(".") === "amounts.entities",
      );
    default:
      return false;
  }
}

export function tell(tree: Tree, scope: Scope): Told {
  switch (tree.is) {
    case "and":
      return combine(tree.sides, scope, false);
    case "or":
      return combine(tree.sides, scope, true);
    case "not": {
      const side = tell(tree.side, scope);
      return side === null ? null : !side;
    }
    case "compare":
      return compare(tree, scope);
    case "among": {
      const item = look(tree.item, scope);
      return item === undefined ? null : tree.values.some((value) => value === item);
    }
    case "tagged": {
      const { tags } = scope["skill"] as { readonly tags: readonly string[] }; // Made by policy-request.ts.
      return tags.includes(tree.tag);
    }
    case "touches": {
      const effects = scope["effects"] as readonly Readonly<Record<string, unknown>>[]; // Made by policy-request.ts.
      return effects.some((effect) => effect[tree.field] === tree.value);
    }
  }
}

/** One side that decides is enough, whatever the other comes to. */
function combine(sides: readonly Tree[], scope: Scope, decisive: boolean): Told {
  const told = sides.map((side) => tell(side, scope));
  if (told.includes(decisive)) return decisive;
  return told.includes(null) ? null : !decisive;
}

function look(term: Term, scope: Scope): unknown {
  if ("value" in term) return term.value;
  const [name, field] = term.path;
  const root = scope[name];
  if (field === undefined || root === undefined) return root;
  return (root as Scope)[field]; // Every path of two goes into an object.
}

function compare({ by, left, right }: Extract<Tree, { is: "compare" }>, scope: Scope): Told {
  const [one, other] = [look(left, scope), look(right, scope)];
  if (one === undefined || other === undefined) return null;
  if (by === "==") return one === other;
  if (by === "!=") return one !== other;
  if (typeof one !== typeof other) return null;
  const [small, large] = [one as Value, other as Value]; // Nothing else is compared.
  if (by === "<") return small < large;
  if (by === "<=") return small <= large;
  return by === ">" ? small > large : small >= large;
}
