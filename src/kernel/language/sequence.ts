// Is a sentence several requests in a row? It is cut at words of sequence ("and then", "а потом"), never at a bare "and": "flights and
// hotels" may be one wish. No word is lost, and what is a value (in quotes) or a condition ("if …, then …") is not cut.
import { QUERY_CHARACTERS } from "../routing/text/normalise.ts";

export interface SequencePart {
  /** The words of sequence before it, with their signs; of the first, "first" or nothing. */
  readonly joint: string;
  readonly text: string;
}

/** More in one breath is a plan to be written down, not said. The last part keeps what is left. */
export const MOST_PARTS = 4;

/** A sentence without one of these costs one look. */
const SEQUENCE =
  /потом|затем|после\s+(?:этого|чего)|тут\s+же|вслед|then|after\s+(?:that|which)|afterwards?/iu;
const WORD = /[\p{L}\p{N}]+/gu;
/** Longest first. */
const JOINTS: readonly (readonly string[])[] = [
  ["вслед", "за", "этим"],
  ["вслед", "за", "тем"],
  ["после", "этого"],
  ["после", "чего"],
  ["тут", "же"],
  ["after", "that"],
  ["after", "which"],
  ["afterwards"],
  ["afterward"],
  ["потом"],
  ["затем"],
  ["then"],
];
const AND = new Set(["а", "и", "ну", "and"]);
/** Between "and" and the joint: "а уже потом". */
const JUST = new Set(["уже", "только", "сразу", "just", "only", "right"]);
/** The joint is a time behind these ("since then", "на потом"), and a thing behind those ("что потом"). */
const NO_JOINT_BEHIND = new Set(
  "since by until till from before back even now than what happens happen happened как что чем на не до где было будет случилось произошло лучше или or".split(
    " ",
  ),
);
/** "From then on", "then again", "after that date". */
const NO_JOINT_BEFORE = new Set(
  "on again date day week month time moment числа дня срока момента месяца времени".split(" "),
);
/** A part that begins so is a condition of the next, however the two are joined; "check if" is not. */
const IF = new Set(["if", "unless", "если"]);
/** "When it is published, then …" is a condition; "when does it leave, and then …" is a question. */
const WHEN = new Set(["when", "once", "whenever", "когда"]);
/** "How to boil and then fry": what is asked about goes on, unless a sign ends it. */
const HOW = new Set(["how", "как"]);
/** Any joint begins with one of these. */
const STARTS = new Set(JOINTS.map(([word]) => word));
const FIRST: readonly (readonly string[])[] = [
  ["first", "of", "all"],
  ["для", "начала"],
  ["сначала"],
  ["сперва"],
  ["firstly"],
  ["first"],
];
const QUOTED = /«[^«»]*»|"[^"]*"|“[^“”]*”|„[^„“]*“/gu;
/** "A quote for Then LLC": a name, where no sentence begins. */
const NAME = /[^.!?;:…\n\s]\s+\p{Lu}\p{Ll}$/u;
/** Signs that go with a joint and not with the words beside it. */
const SIGN = /[\s,;:.!…—–-]/u;
/** "First class" is no first step. */
const NO_STEP = new Set("class aid half quarter name day week month time one price of".split(" "));

const LONGEST_START = 60;

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

interface Cut {
  readonly start: number;
  readonly end: number;
}

/** The joints and texts in their order are the sentence, sign for sign. One part where it is one request. */
export function splitSequence(sentence: string): readonly SequencePart[] {
  const head = sentence.slice(0, QUERY_CHARACTERS);
  const cuts = SEQUENCE.test(head) ? findCuts(head) : [];
  if (cuts.length === 0) return [{ joint: "", text: sentence }];
  const first = toFirst(head);
  const all = [first, ...cuts];
  return all.map(({ start, end }, at) => ({
    joint: sentence.slice(start, end),
    text: sentence.slice(end, all[at + 1]?.start ?? sentence.length),
  }));
}

function findCuts(head: string): readonly Cut[] {
  // What stands in quotes is one word.
  const words = toWords(head.replace(QUOTED, ({ length }) => "q".repeat(length)));
  const cuts: Cut[] = [];
  let from = 0;
  for (let at = 0; at < words.length && cuts.length < MOST_PARTS - 1; at += 1) {
    const joint = STARTS.has(words[at]?.word) ? JOINTS.find((one) => isAt(words, at, one)) : undefined;
    if (joint === undefined) continue;
    const place = { words, from, at: toBeginning(words, at, from), behind: at + joint.length };
    const start = words[at]?.start ?? 0;
    const isName = NAME.test(head.slice(Math.max(0, start - 3), start + 2));
    if (!isName && isJoint(place, at) && !isInHow(head, place)) {
      cuts.push(toCut(head, place));
      from = place.behind;
    }
    at = place.behind - 1;
  }
  return cuts;
}

function toWords(head: string): readonly Word[] {
  return [...head.matchAll(WORD)].map(({ index, 0: word }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

function isAt(words: readonly Word[], at: number, wanted: readonly string[]): boolean {
  return wanted.every((word, offset) => words[at + offset]?.word === word);
}

/** Where "а уже потом" begins. */
function toBeginning(words: readonly Word[], at: number, from: number): number {
  const just = at > from && JUST.has(words[at - 1]?.word ?? "") ? at - 1 : at;
  return just > from && AND.has(words[just - 1]?.word ?? "") ? just - 1 : just;
}

interface Place {
  readonly words: readonly Word[];
  /** The first word of the part that ends here. */
  readonly from: number;
  /** The first word of the joint, and the one behind it. */
  readonly at: number;
  readonly behind: number;
}

function isJoint({ words, from, at, behind }: Place, bare: number): boolean {
  const [begins = "", before = "", next = ""] = [from, at - 1, behind].map((one) => words[one]?.word ?? "");
  if (at <= from || behind >= words.length) return false;
  if (NO_JOINT_BEHIND.has(before) || NO_JOINT_BEFORE.has(next)) return false;
  return !IF.has(begins) && (at < bare || !WHEN.has(begins));
}

function isInHow(head: string, { words, from, at }: Place): boolean {
  const between = head.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? 0);
  return between.trim() === "" && words.slice(from, at).some(({ word }) => HOW.has(word));
}

function toCut(head: string, { words, at, behind }: Place): Cut {
  let start = words[at]?.start ?? head.length;
  while (SIGN.test(head[start - 1] ?? "")) start -= 1;
  return { start, end: toNextWord(head, words[behind - 1]?.end ?? head.length) };
}

function toNextWord(head: string, from: number): number {
  let end = from;
  while (SIGN.test(head[end] ?? "")) end += 1;
  return end;
}

/** "First find …": a word of sequence too, where another follows. */
function toFirst(head: string): Cut {
  const words = toWords(head.slice(0, LONGEST_START));
  const first = FIRST.find((one) => isAt(words, 0, one));
  const length = first?.length ?? 0;
  const last = words[length - 1];
  if (last === undefined || NO_STEP.has(words[length]?.word ?? "")) return { start: 0, end: 0 };
  return { start: 0, end: toNextWord(head, last.end) };
}
