// What the rules of free text see of a sentence, and where a text may begin and end.
import type { Cue } from "./cues.ts";
import type { FoundLiteral } from "./found.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, toWords, wordAt } from "./sentence.ts";

export interface TextScene {
  readonly sentence: Sentence;
  readonly cues: readonly Cue[];
  readonly quotes: readonly FoundLiteral[];
  readonly isClaimed: (index: number) => boolean;
  readonly hasOtherTexts: boolean;
  /** Where amounts of money stand that a field took. */
  readonly amounts: readonly Span[];
}

export interface TextFound {
  readonly value: string;
  readonly span: Span;
}

export function isSentenceEnd(sentence: Sentence, at: number): boolean {
  const text = textAt(sentence, at);
  // "А. П.": initials
  const isInitial = text === "." && wordAt(sentence, at - 1).length === 1 && isName(sentence, at - 1);
  if (isInitial) return false;
  if (text === ".") return sentence.tokens[at + 1] === undefined || !isAttached(sentence, at + 1);
  return /^[!?;:()[\]{}«»“”„"|—]$/u.test(text);
}

export function isName(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  return token !== undefined && /^\p{Lu}/u.test(sentence.source.charAt(token.start));
}

/** "it" joins, "IT" is a trade. */
export function isJoining(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  if (token === undefined || !isFunctionWord(token.text)) return false;
  const written = sentence.source.slice(token.start, token.end);
  const isAcronym = written.length > 1 && written === written.toUpperCase();
  return !isAcronym || sentence.source === sentence.source.toUpperCase();
}

const QUESTION_WORDS =
  /^(?:что|кто|как|где|когда|почему|зачем|сколько|какой|какая|какие|какое|how|what|who|where|when|why|which)$/;

/** "что" of "что хранить", not of "что-то". */
function isQuestion(sentence: Sentence, at: number): boolean {
  return QUESTION_WORDS.test(wordAt(sentence, at)) && textAt(sentence, at + 1) !== "-";
}

/** Joining words and marks; but a text may begin with its question ("как хранить устрицы") and end with a "+". */
function isEdge(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  return token?.kind === "mark" || isJoining(sentence, at);
}

/** "C++", "50+", "C#". */
function isPlus(sentence: Sentence, at: number): boolean {
  return /^[+#]$/.test(textAt(sentence, at)) && isAttached(sentence, at);
}

/** Cuts joining words and marks from both ends; undefined when no word is left. */
export function trimSpan(sentence: Sentence, span: Span): Span | undefined {
  let { start, end } = span;
  while (start < end && isEdge(sentence, start) && !isQuestion(sentence, start)) start += 1;
  while (end > start && isEdge(sentence, end - 1) && !isPlus(sentence, end - 1)) end -= 1;
  const hasWord = sentence.tokens
    .slice(start, end)
    .some((token, index) => token.kind !== "mark" && !isJoining(sentence, start + index));
  return hasWord ? { start, end } : undefined;
}

export function toText(sentence: Sentence, span: Span | undefined): TextFound | undefined {
  return span && { value: toWords(sentence, span), span };
}
