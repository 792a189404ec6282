// Several requests in one sentence: each part is answered alone, and together they are offered as steps. It is one request still
// where a part asks for nothing, where all parts are for one skill, and where one skill is for the whole.
import type { SkillId } from "../domain/id.ts";
import { type SequencePart, splitSequence } from "../language/sequence.ts";
import { asksForChange, asksToLook, toHead } from "./looking.ts";
import { isKind, toTerm } from "./text/terms.ts";
import { normalise, toWords } from "./text/normalise.ts";

export interface PartAnswer {
  /** Null: nobody can do it. */
  readonly skill: SkillId | null;
  readonly confidence: number;
  /** Another skill fits about as well. */
  readonly isTie: boolean;
}

export interface CompoundStep {
  readonly text: string;
  readonly skill: SkillId | null;
  readonly confidence: number;
}

export interface Asked {
  readonly whole: PartAnswer;
  readonly answer: (text: string) => PartAnswer;
  /** Whether people ask for this skill in several steps: its own phrases do. */
  readonly takesSteps: (skill: SkillId) => boolean;
}

/** Wishes for what a catalogue may lack; those that routing knows as changes stand in its own list. */
const ASKING = new Set(
  "find search look get give tell notify ping make check calculate work summarise summarize ask compare collect найди поищи подбери пришли скинь вышли сообщи расскажи спроси уведоми передай собери сделай составь посчитай рассчитай проверь узнай сравни перескажи согласуй подготовь прочитай закинь".split(
    " ",
  ),
);
const PLURAL = /те$/;
/** Whoever tells of himself asks for nothing, unless he wants something. */
const TELLING = new Set(["я", "мы", "i", "we"]);
const WANTING = new Set("want need would d want like should must хочу хотим хотел хотела".split(" "));
/** "Потом разберёмся", "потом решим когда". */
const WE_SHALL = /^(?!(?:по|за)чем$).{2,}(?:ем|им)(?:ся)?$/;
/** Between numbers, places and days: "from 16 to 18". */
const LINKS = new Set("from into till until about with also too еще для под при или and the".split(" "));

/** In their order; null where the sentence is one request. */
export function decideCompound(query: string, asked: Asked): readonly CompoundStep[] | null {
  const parts = splitSequence(query);
  if (parts.length === 1 || isForOne(asked)) return null;
  const steps: CompoundStep[] = [];
  for (const part of parts) {
    const step = toStep(part, asked);
    if (step === null) return null;
    steps.push(step);
  }
  const skills = new Set(steps.map(({ skill }) => skill));
  const isNobodys = skills.size === 1;
  return isNobodys || isWhole(asked.whole, steps, skills) ? null : steps;
}

/** Of the whole and of each step the product. */
export function toJointConfidence(steps: readonly Pick<CompoundStep, "confidence">[]): number {
  return steps.reduce((product, { confidence }) => product * confidence, 1);
}

function isForOne({ whole, takesSteps }: Asked): boolean {
  return whole.skill !== null && !whole.isTie && takesSteps(whole.skill);
}

/** A skill that is for none of the parts, and is at least as likely as all of them. */
function isWhole(
  { skill, confidence, isTie }: PartAnswer,
  steps: readonly CompoundStep[],
  skills: ReadonlySet<SkillId | null>,
): boolean {
  return skill !== null && !isTie && !skills.has(skill) && confidence >= toJointConfidence(steps);
}

/** Null: it is no request of its own. */
function toStep({ text }: SequencePart, { answer }: Asked): CompoundStep | null {
  const words = toWords(normalise(text));
  const head = toHead(words);
  if (head === undefined || isTold(words) || words.every(isLink)) return null;
  const { skill, confidence, isTie } = answer(text);
  const isFound = skill !== null && !isTie;
  if (!isFound && !isWish(head)) return null;
  return { text: text.trim(), skill, confidence: skill === null ? 0 : confidence };
}

function isTold([first = "", second = ""]: readonly string[]): boolean {
  return (TELLING.has(first) && !WANTING.has(second)) || WE_SHALL.test(first);
}

function isLink(word: string): boolean {
  return word.length < 4 || LINKS.has(word) || isKind(toTerm(word));
}

function isWish(head: string): boolean {
  return asksForChange(head) || asksToLook(head) || ASKING.has(head) || ASKING.has(head.replace(PLURAL, ""));
}
