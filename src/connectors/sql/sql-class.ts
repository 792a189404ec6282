// What a statement does, told from its text: the words outside comments, strings and quoted names. It decides what the
// door asks for; the store holds a read to being one whatever this file thought.
import type { EffectClass } from "../../kernel/domain/effect.ts";
import { findTables } from "./sql-tables.ts";

export type SqlMeaning =
  | { readonly means: EffectClass; readonly tables: readonly string[] }
  | { readonly means: "nothing"; readonly why: "empty" | "several" | "keyword"; readonly keyword: string };

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

export interface SqlToken {
  readonly kind: "word" | "name" | "other";
  readonly text: string;
  readonly depth: number;
}

export function parseSql(text: string): SqlMeaning {
  const tokens = dropEnd(toTokens(text));
  if (tokens.length === 0) return { means: "nothing", why: "empty", keyword: "" };
  if (tokens.some((token) => token.text === ";")) return { means: "nothing", why: "several", keyword: ";" };
  const keyword = tokens[0]?.kind === "word" ? tokens[0].text : "";
  const verb = keyword === "with" ? findVerb(tokens) : keyword;
  const means = CLASS_BY_KEYWORD[verb];
  if (means === undefined)
    return { means: "nothing", why: "keyword", keyword: keyword || (tokens[0]?.text ?? "") };
  return { means, tables: findTables(tokens, verb) };
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
  return (
    tokens.find(
      (token) => token.kind === "word" && token.depth === 0 && CLASS_BY_KEYWORD[token.text] !== undefined,
    )?.text ?? ""
  );
}
