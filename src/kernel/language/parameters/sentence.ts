// A request as tokens. The normalised text has the length of the source, so every token points at the exact words a person wrote.

/** What is analysed of a request: longer texts are documents, not requests. */
export const ANALYSED_CHARACTERS = 2_000;

export interface Token {
  /** Lower case, `ё` as `е`, plain digits and hyphens. */
  readonly text: string;
  readonly kind: "word" | "number" | "mark";
  readonly start: number;
  readonly end: number;
}

/** Token indices, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  readonly source: string;
  readonly normal: string;
  readonly tokens: readonly Token[];
}

// Invisible marks (zero width, direction) count as spaces: a pasted `40\u200fkg` is still forty kilograms.
const SPACES = /[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]/g;
const HYPHENS = /[\u2010-\u2013\u2212\ufe63\uff0d]/g;
const FOREIGN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;
const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10];
/** Names that begin with a digit. "5г" and "4к" are amounts, so only capitals of the network name it. */
const NAMES = /(?<![\p{L}\d.,])(?:1[СсCc]|[23][DdДд]|[2-6]G)(?![\p{L}\d])/gu;
const TOKEN = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|\S/gu;

function toDigit(character: string): string {
  const code = character.charCodeAt(0);
  const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? character : String(code - zero);
}

/** A letter whose small form is longer ("İ") stays as it is: offsets must not move. */
function toSmall(source: string): string {
  const small = source.toLowerCase();
  if (small.length === source.length) return small;
  return source
    .split("")
    .map((character) => (character.toLowerCase().length === 1 ? character.toLowerCase() : character))
    .join("");
}

/** Same length as the source: offsets in one are offsets in the other. */
export function toNormal(source: string): string {
  return toSmall(source)
    .replaceAll("ё", "е")
    .replace(SPACES, " ")
    .replace(HYPHENS, "-")
    .replace(FOREIGN_DIGITS, toDigit);
}

function toKind(text: string): Token["kind"] {
  if (/^\d/.test(text)) return "number";
  return /^\p{L}/u.test(text) ? "word" : "mark";
}

export function parseSentence(query: string): Sentence {
  const source = query.slice(0, ANALYSED_CHARACTERS);
  const normal = toNormal(source);
  const tokens = [...normal.matchAll(TOKEN)].map((match) => {
    const text = match[0];
    return { text, kind: toKind(text), start: match.index, end: match.index + text.length };
  });
  return { source, normal, tokens: joinNames(source, tokens) };
}

/** "1С", "3D", "5G" are words, not a number and a letter. */
function joinNames(source: string, tokens: readonly Token[]): readonly Token[] {
  const starts = new Set([...source.matchAll(NAMES)].map((match) => match.index));
  if (starts.size === 0) return tokens;
  return tokens.flatMap((token, at) => {
    if (starts.has(tokens[at - 1]?.start ?? -1)) return [];
    const letter = starts.has(token.start) ? tokens[at + 1] : undefined;
    return letter === undefined
      ? [token]
      : [{ ...token, text: token.text + letter.text, kind: "word" as const, end: letter.end }];
  });
}

/** The text of a word token, or "" where there is none: lets rules look around without bounds checks. */
export function wordAt(sentence: Sentence, index: number): string {
  const token = sentence.tokens[index];
  return token?.kind === "word" ? token.text : "";
}

export function textAt(sentence: Sentence, index: number): string {
  return sentence.tokens[index]?.text ?? "";
}

/** True when nothing stands between this token and the one before it: `40кг`, `44-ФЗ`. */
export function isAttached(sentence: Sentence, index: number): boolean {
  const before = sentence.tokens[index - 1];
  const token = sentence.tokens[index];
  return before !== undefined && token !== undefined && before.end === token.start;
}

/** The exact words of a span, as they were written. */
export function toWords(sentence: Sentence, span: Span): string {
  const first = sentence.tokens[span.start];
  const last = sentence.tokens[span.end - 1];
  return first && last ? sentence.source.slice(first.start, last.end) : "";
}

export function isOverlapping(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
