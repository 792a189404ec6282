// Every table that a statement names, for people and policies, each in one writing. What cannot be told for certain is said so.
import { toSmall } from "../../kernel/domain/statement-names.ts";
import { isSign, isWord, type SqlToken, type Tokens } from "./sql-tokens.ts";

/** `unclear`: the part of the statement that may be a table, or may not. */
export type Named = { readonly tables: readonly string[] } | { readonly unclear: string };

/** Behind these no comma separates tables. `set` begins another list, the rest end the one of tables. */
const ENDS = new Set(
  "where group order limit having union except intersect returning set select values".split(" "),
);
const QUERIES = ["select", "values", "with"];
/** Functions that stand like tables and read none. */
const LISTS: ReadonlySet<string> = new Set(["json_each", "json_tree"]);
const OF_THE_STORE = /^(?:_|sqlite_|pragma_)/i;

export function findTables(tokens: Tokens): Named {
  const own = findOwnNames(tokens);
  const tables = new Set<string>();
  for (const place of findPlaces(tokens)) {
    const named = toNamed(tokens, place);
    if ("unclear" in named) return named;
    const isOwn = own.some(
      ({ name, from, to }) => name === named.table && !named.isOfMain && from < place && place < to,
    );
    if (!isOwn && !named.isList) tables.add(named.table);
  }
  return { tables: [...tables] };
}

/** Where a table may stand. */
function findPlaces(tokens: Tokens): readonly number[] {
  const places: number[] = [];
  // Of each bracket that is open, whether its commas separate tables.
  const lists = [false];
  let isDue = false;
  for (const [at, token] of tokens.entries()) {
    const isPlace: boolean = isDue;
    isDue = false;
    if (isSign(token, "(")) {
      // `from (a, b join c)` holds tables, `from (select …)` does not.
      isDue = isPlace && !QUERIES.some((word) => isWord(tokens[at + 1], word));
      lists.push(isDue);
    } else if (isSign(token, ")")) lists.pop();
    else if (isPlace) places.push(at);
    else {
      const isList = isListAfter(tokens, at, lists.at(-1) === true);
      if (lists.length > 0) lists[lists.length - 1] = isList;
      isDue = isBeforeTable(tokens, at, isList);
    }
  }
  return places;
}

function isListAfter(tokens: Tokens, at: number, isList: boolean): boolean {
  const token = tokens[at];
  if (isFrom(tokens, at)) return true;
  if (isWord(token, "window")) return isList && !isWord(tokens[at + 2], "as");
  return isList && !(token?.kind === "word" && ENDS.has(token.text));
}

function isBeforeTable(tokens: Tokens, at: number, isList: boolean): boolean {
  const token = tokens[at];
  if (isSign(token, ",")) return isList;
  // `a in quotes` reads all of quotes.
  if (isWord(token, "in")) return isName(tokens[at + 1]);
  return isFrom(tokens, at) || isWord(token, "join") || isWord(token, "into");
}

/** `a is distinct from b` compares. */
function isFrom(tokens: Tokens, at: number): boolean {
  return isWord(tokens[at], "from") && !isWord(tokens[at - 1], "distinct");
}

function isName(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === "word" || token?.kind === "name" || token?.kind === "text";
}

/** `main.quotes` is quotes; there is no other database. */
function toNamed(
  tokens: Tokens,
  place: number,
):
  | { readonly table: string; readonly isOfMain: boolean; readonly isList: boolean }
  | { readonly unclear: string } {
  const isOfMain = isSign(tokens[place + 1], ".");
  const at = isOfMain ? place + 2 : place;
  const [first, token] = [tokens[place], tokens[at]];
  if (!isName(first) || !isName(token)) return { unclear: token?.text ?? "from" };
  if (isOfMain && toSmall(first.text) !== "main") return { unclear: `${first.text}.${token.text}` };
  const table = toSmall(token.text);
  if (isSign(tokens[at + 1], "(") && !isWord(tokens[place - 1], "into")) return toList(table, isOfMain);
  return OF_THE_STORE.test(table) ? { unclear: table } : { table, isOfMain, isList: false };
}

function toList(table: string, isOfMain: boolean): ReturnType<typeof toNamed> {
  const isKnown = !isOfMain && LISTS.has(table);
  return isKnown ? { table, isOfMain, isList: true } : { unclear: `${table}(…)` };
}

/** A name that the statement gives itself, and between which tokens it means that. */
interface OwnName {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** `with A as (…), B(x) as materialized (…)`, as far as the bracket reaches in which that stands. */
function findOwnNames(tokens: Tokens): readonly OwnName[] {
  return tokens.flatMap((token, from) => {
    if (!isWord(token, "with")) return [];
    const end = tokens.findIndex((other, at) => at > from && other.depth < token.depth);
    const to = end === -1 ? tokens.length : end;
    return toOwnNames(tokens, from + (isWord(tokens[from + 1], "recursive") ? 2 : 1)).map((name) => ({
      name,
      from,
      to,
    }));
  });
}

function toOwnNames(tokens: Tokens, first: number): readonly string[] {
  const names: string[] = [];
  for (let at = first; ; ) {
    const token = tokens[at];
    const body = token && isName(token) ? findBody(tokens, at + 1) : null;
    if (token === undefined || body === null) return names;
    names.push(toSmall(token.text));
    const after = toAfterBracket(tokens, body);
    if (!isSign(tokens[after], ",")) return names;
    at = after + 1;
  }
}

/** Where the bracket behind `as` opens; null: this is no name given to a select. */
function findBody(tokens: Tokens, first: number): number | null {
  let at = isSign(tokens[first], "(") ? toAfterBracket(tokens, first) : first;
  if (!isWord(tokens[at], "as")) return null;
  at += 1;
  if (isWord(tokens[at], "not")) at += 1;
  if (isWord(tokens[at], "materialized")) at += 1;
  return isSign(tokens[at], "(") ? at : null;
}

function toAfterBracket(tokens: Tokens, open: number): number {
  const depth = tokens[open]?.depth ?? 0;
  const close = tokens.findIndex((token, at) => at > open && isSign(token, ")") && token.depth === depth);
  return close === -1 ? tokens.length : close + 1;
}
