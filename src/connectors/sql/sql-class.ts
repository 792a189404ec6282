// What a statement does, told from its text: the words outside comments, strings and quoted names. It decides what the
// door asks for; the store holds a read to being one whatever this file thought.
import type { EffectClass } from "../../kernel/domain/effect.ts";
import { findRead, type SqlToken } from "./sql-tables.ts";

export type SqlMeaning =
  | { readonly means: EffectClass; readonly tables: readonly string[]; readonly statement: string }
  | { readonly means: "nothing"; readonly why: "empty" | "several" | "keyword"; readonly keyword: string };

/** A write names its one table plainly, first: what cannot be read by this cannot be shown to a person either. */
const PLAIN_WRITE =
  /^(?:delete\s+from|insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?)\s+("?)(?<table>[\p{L}][\p{L}\p{N}_]*)\1(?=[\s("])/iu;

const CLASS_BY_KEYWORD: Readonly<Record<string, EffectClass>> = {
  select: "read",
  values: "read",
  insert: "write",
  replace: "write",
  update: "write",
  delete: "delete",
};
/** Comments, string literals, quoted names, templates, words, and any other single sign. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|\$\{\{[\s\S]*?\}\}|[\p{L}_][\p{L}\p{N}_$]*|\s+|[\s\S]/gu;

export function parseSql(text: string): SqlMeaning {
  const tokens = dropEnd(toTokens(text));
  if (tokens.length === 0) return { means: "nothing", why: "empty", keyword: "" };
  if (tokens.some((token) => token.text === ";")) return { means: "nothing", why: "several", keyword: ";" };
  return classify(tokens, withoutComments(text));
}

/** One statement's meaning by its verb: what it may do, its tables, and the text that is run. */
function classify(tokens: readonly SqlToken[], statement: string): SqlMeaning {
  const first = tokens[0];
  const keyword = first?.kind === "word" ? first.text : "";
  const verb = keyword === "with" ? findVerb(tokens) : keyword;
  const means = CLASS_BY_KEYWORD[verb];
  if (means === undefined)
    return { means: "nothing", why: "keyword", keyword: keyword || (first?.text ?? "") };
  const foul = findFoul(tokens, keyword, means);
  if (foul !== null) return { means: "nothing", why: "keyword", keyword: foul };
  if (means === "read") return { means, tables: findRead(tokens), statement };
  const table = findChanged(statement);
  return table === null
    ? { means: "nothing", why: "keyword", keyword: verb }
    : { means, tables: [table], statement };
}

function findChanged(statement: string): string | null {
  return PLAIN_WRITE.exec(`${statement} `)?.groups?.["table"]?.toLowerCase() ?? null;
}

/** The store runs exactly what was judged: a comment could hide what is added behind it. */
function withoutComments(text: string): string {
  return text
    .replace(TOKEN, (raw) => (/^(--|\/\*)/.test(raw) ? " " : raw))
    .trim()
    .replace(/[;\s]+$/, "");
}

/** What no statement may hold, told while it is written: the store looks at what a statement really reaches. */
function findFoul(tokens: readonly SqlToken[], keyword: string, means: EffectClass): string | null {
  if (keyword === "with" && tokens[1]?.text === "recursive") return "with recursive";
  if (keyword === "with" && means !== "read") return "with … a write";
  const own = tokens.find((token) => token.kind !== "other" && /^(_|sqlite_|pragma_)/i.test(token.text));
  return own ? own.text : null;
}

function toTokens(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  for (const [raw] of text.matchAll(TOKEN)) {
    if (/^(--|\/\*|\s)/.test(raw)) continue;
    if (raw === ")") depth -= 1;
    tokens.push(toToken(raw, depth));
    if (raw === "(") depth += 1;
  }
  return tokens;
}

function toToken(raw: string, depth: number): SqlToken {
  if (/^["`[]/.test(raw)) return { kind: "name", text: raw.slice(1, -1), depth };
  if (/^[\p{L}_]/u.test(raw)) return { kind: "word", text: raw.toLowerCase(), depth };
  return { kind: "other", text: raw, depth };
}

/** A semicolon at the very end ends the one statement. */
function dropEnd(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const last = tokens.findLastIndex((token) => token.text !== ";");
  return tokens.slice(0, last + 1);
}

/** `with a as (…), b as (…) delete from …`: the first verb outside the brackets. */
function findVerb(tokens: readonly SqlToken[]): string {
  // A name may be spelt like a verb: `with replace as (…)`. The verb is what no `as` follows.
  return (
    tokens.find(
      (token, index) =>
        token.kind === "word" &&
        token.depth === 0 &&
        CLASS_BY_KEYWORD[token.text] !== undefined &&
        tokens[index + 1]?.text !== "as",
    )?.text ?? ""
  );
}
