// A statement in its parts, exactly as SQLite takes it apart: what this file and the store read differently could hide a table.
// https://sqlite.org/src/file/src/tokenize.c

import { toSmall } from "../../kernel/domain/statement-names.ts";

export interface SqlToken {
  /** `word`: bare, in small letters. `name`: in double quotes, backticks or brackets. `text`: in single quotes. */
  readonly kind: "word" | "name" | "text" | "value" | "sign";
  /** Without its quotes. */
  readonly text: string;
  /** How many brackets it stands in. A bracket itself stands outside. */
  readonly depth: number;
}

export type Tokens = readonly SqlToken[];

/** Comments, texts, quoted names, templates, words, numbers, spaces, and any other single sign. Whatever is no ASCII is a letter to SQLite. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'[^']*(?:''[^']*)*'|"[^"]*(?:""[^"]*)*"|`[^`]*(?:``[^`]*)*`|\[[^\]]*\]|\$\{\{[\s\S]*?\}\}|[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*|\.?\d[\w.$\u0080-\u{10ffff}]*|[ \t\n\f\r]+|[\s\S]/gu;
const COMMENT = /^(?:--|\/\*)/;
const SPACE = /^[ \t\n\f\r]/;
const QUOTES: Readonly<Record<string, string>> = { '"': "name", "`": "name", "[": "name", "'": "text" };
/** A byte order mark is a space or a letter, by where it stands. */
const ILLEGAL = /^[^\w\u0080-\u{10ffff}(),;.+\-*/%=<>!&|~?]|\ufeff/u;

export function toTokens(text: string): Tokens {
  const tokens: SqlToken[] = [];
  let depth = 0;
  for (const [raw] of text.matchAll(TOKEN)) {
    if (COMMENT.test(raw) || SPACE.test(raw)) continue;
    if (raw === ")") depth -= 1;
    tokens.push({ ...toToken(raw), depth });
    if (raw === "(") depth += 1;
  }
  return tokens;
}

function toToken(raw: string): Omit<SqlToken, "depth"> {
  const [first = ""] = raw;
  const isQuoted = raw.length > 1 && QUOTES[first] !== undefined;
  if (isQuoted) return { kind: first === "'" ? "text" : "name", text: toUnquoted(raw, first) };
  if (/^[A-Za-z_\u0080-\u{10ffff}]/u.test(raw)) return { kind: "word", text: toSmall(raw) };
  return { kind: /^(?:\$\{\{|\.?\d)/.test(raw) ? "value" : "sign", text: raw };
}

function toUnquoted(raw: string, quote: string): string {
  const inner = raw.slice(1, -1);
  return quote === "[" ? inner : inner.replaceAll(quote + quote, quote);
}

/** What SQLite reads as no token, or as a value by name, which nothing gives it; a quote that nothing closes. */
export function findIllegal(tokens: Tokens): string | null {
  const illegal = tokens.find(
    ({ kind, text }) =>
      (kind === "sign" && ILLEGAL.test(text)) || (kind === "word" && text.includes("\ufeff")),
  );
  return illegal?.text ?? null;
}

/** The store runs exactly what was judged: a comment could hide what is added behind it. */
export function withoutComments(text: string): string {
  return text
    .replace(TOKEN, (raw) => (COMMENT.test(raw) ? " " : raw))
    .replace(/^[ \t\n\f\r]+|[; \t\n\f\r]+$/g, "");
}

export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.text === word;
}

export function isSign(token: SqlToken | undefined, sign: string): boolean {
  return token?.kind === "sign" && token.text === sign;
}
