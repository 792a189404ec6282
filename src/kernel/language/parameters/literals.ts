// Spans with an own meaning: addresses, quotations, phones, tax numbers, laws, times. Nothing inside them is a quantity, a date or a place.
import type { FoundLiteral, Quote } from "./found.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isOverlapping } from "./sentence.ts";

const TOP_LEVEL =
  "ru|рф|su|com|net|org|info|biz|io|ai|dev|app|me|tv|pro|gov|edu|news|online|site|moscow|eu|uk|us|de|fr|kz|by|ua|uz|am|ge|cn|co";
const URL_PATTERN = /(?:https?:\/\/|www\.)[^\s<>"«»“”]+/g;
// Bounded and anchored by what stands before: every pattern here is linear.
const DOMAIN_PATTERN = new RegExp(
  `(?<![\\p{L}\\d@._/-])(?:[\\p{L}\\d-]{1,63}\\.){1,4}(?:${TOP_LEVEL})(?![\\p{L}\\d@-])(?:[/?#][^\\s<>"«»“”]*)?`,
  "gu",
);
/** A file by its name, with the folders before it: what a person would attach. Opening it is the caller's business. */
const FILE_PATTERN =
  /(?<![\p{L}\d_./\\-])(?:[\p{L}\d_.~-]{0,64}[/\\]){0,8}[\p{L}\d_-]{1,80}(?:\.[\p{L}\d_-]{1,20}){0,2}\.(?:txt|pdf|docx?|xlsx?|csv|json|xml|ya?ml|md|png|jpe?g)(?![\p{L}\d/\\])/gu;
const QUOTE_PATTERN =
  /«([^«»]{1,300})»|“([^“”]{1,300})”|„([^„“”]{1,300})[“”]|"([^"]{1,300})"|(?<![\p{L}\d])'([^'\n]{1,300})'(?![\p{L}\d])/gu;

const PROTECTED: readonly RegExp[] = [
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g,
  /(?<!\d)(?:\+\d|8)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)/g,
  // Tax numbers, accounts, notices: ten digits and more without a separator, unless money is said right behind.
  /(?<![\d.,])\d{10,}(?![\d.,]*\d)(?!\s?(?:₽|р|руб|\$|€|usd|eur|rub|долл|евро))/g,
  /(?:инн|кпп|огрн|inn|tin)[\s:№]{0,3}\d{5,}/g,
  /(?<!\d)\d{2,3}\s?-?\s?(?:фз|fz)(?!\p{L})/gu,
  /(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)/g,
];

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** The tokens that a stretch of characters touches. */
function toSpan(sentence: Sentence, { from, to }: Piece): Span {
  const start = sentence.tokens.findIndex((token) => token.end > from);
  const after = sentence.tokens.findIndex((token) => token.start >= to);
  return { start: Math.max(start, 0), end: after === -1 ? sentence.tokens.length : after };
}

function trimAddress(text: string): string {
  const bare = text.replace(/[.,;:!?…'*]+$/u, "");
  return bare.endsWith(")") && !bare.includes("(") ? trimAddress(bare.slice(0, -1)) : bare;
}

function toLiteral(
  sentence: Sentence,
  piece: Piece,
  said: Pick<FoundLiteral, "kind" | "text">,
): FoundLiteral {
  const span = toSpan(sentence, piece);
  return { ...said, span, leadStart: span.start, role: undefined };
}

function findUrls(sentence: Sentence): FoundLiteral[] {
  const pieces = new Map<number, Piece>();
  for (const pattern of [DOMAIN_PATTERN, URL_PATTERN]) {
    for (const match of sentence.normal.matchAll(pattern)) {
      const trimmed = trimAddress(match[0]);
      if (/\.(?:txt|pdf|docx?|xlsx?|csv)$/.test(trimmed) && !trimmed.includes("/")) continue;
      pieces.set(match.index, { from: match.index, to: match.index + trimmed.length });
    }
  }
  return [...pieces.values()].map((piece) => {
    const written = sentence.source.slice(piece.from, piece.to);
    const text = /^https?:\/\//i.test(written) ? written : `https://${written}`;
    return toLiteral(sentence, piece, { kind: "url", text });
  });
}

function findQuotes(sentence: Sentence): Quote[] {
  return [...sentence.normal.matchAll(QUOTE_PATTERN)].flatMap((match) => {
    const piece = { from: match.index, to: match.index + match[0].length };
    const text = sentence.source.slice(piece.from + 1, piece.to - 1).trim();
    return text === "" ? [] : [{ span: toSpan(sentence, piece), text }];
  });
}

function findFiles(sentence: Sentence): FoundLiteral[] {
  return [...sentence.normal.matchAll(FILE_PATTERN)].map((match) => {
    const piece = { from: match.index, to: match.index + match[0].length };
    return toLiteral(sentence, piece, { kind: "file", text: sentence.source.slice(piece.from, piece.to) });
  });
}

export interface Literals {
  readonly files: readonly FoundLiteral[];
  readonly urls: readonly FoundLiteral[];
  readonly quotes: readonly Quote[];
  /** Spans that nothing may be taken from but by name. */
  readonly closed: readonly Span[];
}

export function findLiterals(sentence: Sentence): Literals {
  const closed = PROTECTED.flatMap((pattern) =>
    [...sentence.normal.matchAll(pattern)].map((match) =>
      toSpan(sentence, { from: match.index, to: match.index + match[0].length }),
    ),
  );
  const urls = findUrls(sentence);
  const isApart = (file: FoundLiteral): boolean => !urls.some((url) => isOverlapping(url.span, file.span));
  return { files: findFiles(sentence).filter(isApart), urls, quotes: findQuotes(sentence), closed };
}
