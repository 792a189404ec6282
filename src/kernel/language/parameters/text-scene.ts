// What the rules of free text see of a sentence, and where a text may begin and end.
import type { Text } from "../../domain/text.ts";
import { toTerm } from "../../routing/text/terms.ts";
import type { Cue } from "./cues.ts";
import type { Quote } from "./found.ts";
import { SPELLED_NUMBERS } from "./number-words.ts";
import { isFunctionWord, isMomentWord, isTailWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, parseSentence, textAt, toWords, wordAt } from "./sentence.ts";
import { parseUnit } from "./units.ts";

export interface TextScene {
  readonly sentence: Sentence;
  readonly cues: readonly Cue[];
  readonly quotes: readonly Quote[];
  readonly isClaimed: (index: number) => boolean;
  readonly hasOtherTexts: boolean;
  /** One of the fields is a size or a number of one sort. */
  readonly hasLabels: boolean;
  /** Where amounts of money stand that a field took. */
  readonly amounts: readonly Span[];
  /** Terms of what the skill is about. */
  readonly topic: ReadonlySet<string>;
}

export interface TextFound {
  readonly value: string;
  readonly span: Span;
}

export function isSentenceEnd(sentence: Sentence, at: number): boolean {
  const text = textAt(sentence, at);
  if (text === "." && (isInitial(sentence, at - 1) || isTitle(sentence, at - 1))) return false;
  if (text === ".") return sentence.tokens[at + 1] === undefined || !isAttached(sentence, at + 1);
  // "1С:Бухгалтерия"
  if (text === ":" && isAttached(sentence, at + 1) && /^\d/.test(wordAt(sentence, at - 1))) return false;
  return /^[!?;:()[\]{}«»“”„"|—]$/u.test(text);
}

export function isName(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  return token !== undefined && /^\p{Lu}/u.test(sentence.source.charAt(token.start));
}

/** The "И" of "Петрову И. С.": a capital and its dot. */
function isInitial(sentence: Sentence, at: number): boolean {
  const isDotted = textAt(sentence, at + 1) === "." && isAttached(sentence, at + 1);
  return isDotted && wordAt(sentence, at).length === 1 && isName(sentence, at);
}

/** "Mr. Smith", "им. Кирова" */
function isTitle(sentence: Sentence, at: number): boolean {
  return /^(?:mr|mrs|ms|dr|st|prof|им)$/.test(wordAt(sentence, at)) && isName(sentence, at + 2);
}

/** "A4", "12A": letters that touch digits are a name. */
function isOfDigits(sentence: Sentence, at: number): boolean {
  const isNumber = (index: number): boolean => sentence.tokens[index]?.kind === "number";
  return (isNumber(at - 1) && isAttached(sentence, at)) || (isNumber(at + 1) && isAttached(sentence, at + 1));
}

/** "it" joins, "IT" is a trade. */
export function isJoining(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  if (token === undefined || !isFunctionWord(token.text)) return false;
  if (isInitial(sentence, at) || isOfDigits(sentence, at)) return false;
  // "for The Fish House"
  if (token.text === "the" && at > 0 && isName(sentence, at) && isName(sentence, at + 1)) return false;
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
  if (token?.kind !== "mark") return isJoining(sentence, at);
  // "Петрову И. С." ends with its dot.
  return !(token.text === "." && isInitial(sentence, at - 1) && at > 1 && isNameBefore(sentence, at - 2));
}

function isNameBefore(sentence: Sentence, at: number): boolean {
  return isName(sentence, at) || (textAt(sentence, at) === "." && isInitial(sentence, at - 1));
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

/** What a text's words mean, without those that only join: "моллюски" are "oysters" too. */
export function toTopic(text: Text): ReadonlySet<string> {
  const texts = typeof text === "string" ? [text] : [text.ru ?? "", text.en ?? ""];
  const words = texts.flatMap((one) => parseSentence(one).tokens.map((token) => token.text));
  return new Set(words.filter((word) => /^\p{L}/u.test(word) && !isFunctionWord(word)).map(toTerm));
}

const ORDINAL_WORD =
  /^(?:(?:перв|втор|трет|четверт|пят)(?:ый|ой|ий|ого|его|ьего|ая|ья|ую|ью)|(?:нулевк|единичк|двойк|тройк|четверк)[ауи])$/;
const ADJECTIVE = /(?:ие|ые|их|ых|ая|яя|ую|юю)$/;

/** "килограмм черноморских", "kilo of Pacific" */
function isMeasure(sentence: Sentence, at: number): boolean {
  return parseUnit(wordAt(sentence, at))?.dimension === "mass";
}

/** The 1 of "мурманские 1". */
function isSortNumber(sentence: Sentence, at: number): boolean {
  const isShort = /^\d$/.test(textAt(sentence, at));
  return isShort && ADJECTIVE.test(wordAt(sentence, at - 1)) && !isName(sentence, at - 1);
}

/** "Khasan oysters right now" without "oysters right now": what every request of this skill says is no name of anything. */
export function trimTopic({ sentence, topic }: TextScene, span: Span): Span | undefined {
  let { start, end } = span;
  const isTopic = (at: number): boolean => {
    const word = wordAt(sentence, at);
    if (isTailWord(word) || isMomentWord(word)) return true;
    // "Oyster Bar" is a name.
    return topic.has(toTerm(word)) && (!isName(sentence, at) || at === 0);
  };
  const isLoose = (at: number): boolean => isTopic(at) || isMeasure(sentence, at) || isEdge(sentence, at);
  while (start < end && isLoose(start)) start += 1;
  // "магаданские второй номер": which one, not what kind.
  const isOrdinal = (at: number): boolean =>
    !isName(sentence, at) && (ORDINAL_WORD.test(wordAt(sentence, at)) || isSortNumber(sentence, at));
  while (end > start && (isLoose(end - 1) || isOrdinal(end - 1)) && !isPlus(sentence, end - 1)) end -= 1;
  return trimSpan(sentence, { start, end });
}

export function toText(sentence: Sentence, span: Span | undefined): TextFound | undefined {
  if (span === undefined) return undefined;
  // "номер два" is number 2.
  const word = span.end - span.start === 1 ? wordAt(sentence, span.start) : "";
  const spelled = /^(?:ноль|нулевой|zero)$/.test(word) ? 0 : SPELLED_NUMBERS.get(word);
  return { value: spelled === undefined ? toWords(sentence, span) : String(spelled), span };
}
