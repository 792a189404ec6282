// The tables that a read reads from, for people and policies.

export interface SqlToken {
  readonly kind: "word" | "name" | "other";
  readonly text: string;
  readonly depth: number;
}

type Tokens = readonly SqlToken[];

const BEFORE_TABLE = new Set(["from", "join"]);
const CLAUSES = new Set(
  "where group order limit having union except intersect join left inner cross on window select".split(" "),
);

/** Without the names that the statement's own `with` gives, and without functions such as json_each(…). */
export function findRead(tokens: Tokens): string[] {
  const own = new Set(tokens.filter((_, index) => isOwnName(tokens, index)).map((token) => token.text));
  const found = tokens.flatMap((token, index) => {
    if (token.kind !== "word" || !BEFORE_TABLE.has(token.text)) return [];
    const starts = toStarts(tokens, index + 1).filter((start) => tokens[start + 1]?.text !== "(");
    return starts.map((start) => toName(tokens, start));
  });
  return [...new Set(found.filter((name) => name !== null))].filter((name) => !own.has(name));
}

/** `with A as (…), B(x) as (…)`. */
function isOwnName(tokens: Tokens, index: number): boolean {
  const token = tokens[index];
  if (tokens[0]?.text !== "with" || token?.depth !== 0) return false;
  const before = tokens[index - 1]?.text ?? "";
  const after = tokens[index + 1]?.text ?? "";
  return ["with", "recursive", ","].includes(before) && ["as", "("].includes(after);
}

/** Where each part of `from a x, b y` begins. */
function toStarts(tokens: Tokens, first: number): number[] {
  const depth = tokens[first]?.depth ?? 0;
  const starts = [first];
  for (let index = first + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.depth < depth || (token.kind === "word" && CLAUSES.has(token.text)))
      break;
    if (token.text === "," && token.depth === depth) starts.push(index + 1);
  }
  return starts;
}

/** `main.quotes` is quotes; a bracket is no table. */
function toName(tokens: Tokens, index: number): string | null {
  const [here, dot, part] = tokens.slice(index, index + 3);
  if (here === undefined || here.kind === "other") return null;
  if (dot?.text === "." && part !== undefined && part.kind !== "other") return part.text;
  return here.text;
}
