// What an amount was for: "такси 450 руб", "900 rubles, parking", "топливо для катера, 9к".
import type { FieldPlan } from "./field-plans.ts";
import { countWords, cutRouting } from "./leftover-text.ts";
import { isFunctionWord, isRoutingVerb } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isSentenceEnd, toText, trimSpan } from "./text-scene.ts";
import { isNaming } from "./vague-words.ts";

/** How many words a label may have behind the amount, and before it, where the verb of the request is near. */
const LONGEST_BEHIND = 3;
const LONGEST_BEFORE = 3;

/** "расход 15000 аренда", "900 rubles, parking" */
function findBehind({ sentence, isClaimed }: TextScene, { end }: Span): Span {
  const start = textAt(sentence, end) === "," ? end + 1 : end;
  let last = start;
  const isPart = (at: number): boolean =>
    !isClaimed(at) && !isSentenceEnd(sentence, at) && textAt(sentence, at) !== ",";
  while (last < sentence.tokens.length && isPart(last)) last += 1;
  return { start, end: last };
}

/** "такси 450 руб" */
function findBefore({ sentence, isClaimed }: TextScene, { start }: Span): Span {
  let first = start;
  while (first > 0 && !isClaimed(first - 1) && !isSentenceEnd(sentence, first - 1)) first -= 1;
  return { start: first, end: start };
}

/** "в офис 12 купили" before "воды": where it was bought is not what. */
function findVerbEnd({ sentence, cues }: TextScene, { start, end }: Span): number {
  const isVerb = (at: number): boolean =>
    isRoutingVerb(wordAt(sentence, at)) ||
    cues.some(({ span }) => span.end === at + 1 && /ли?$/.test(wordAt(sentence, at)));
  for (let at = end; at > start; at -= 1) if (isVerb(at - 1)) return at;
  return start;
}

/** "в офис" before "кофе и печеньки". */
function skipPlace(sentence: Sentence, { start, end }: Span): number {
  return /^(?:в|во|для)$/.test(wordAt(sentence, start)) && end - start > 2 ? start + 2 : start;
}

/** Past tenses, as far as their ending shows: "заправил", "ушло", "потрачено", "dropped". */
const PAST =
  /(?:[иаеяуы]л[ао]?|[иаяуы]ли|шло|шла|шли|ено|ано|ены|аны|[a-z]{3,}ed|bought|went|spent|paid|gave|had|was|were|blew|cost)$/;

/** "Заправил" before "Газель": what was done is not what it was for, where something is left that may be. */
function skipDoing(sentence: Sentence, { start, end }: Span): Span {
  const word = wordAt(sentence, start);
  // A Russian word that ends so may be a thing, where no sentence begins: "мыло".
  const isDoing = PAST.test(word) && (start === 0 || /^[a-z]/.test(word)) && end - start > 1;
  return { start: isDoing ? start + 1 : start, end };
}

function isAsked(scene: TextScene, plan: FieldPlan): boolean {
  return !scene.hasOtherTexts && plan.words.includes("на");
}

/** Things that end like a past tense. */
const THINGS =
  /^(?:мыло|сало|одеяло|зеркало|стул|материал|журнал|канал|вокзал|персонал|сигнал|идеал|металл|капитал)$/;

/** "просадил", "кошелек похудел", "как расход": what happened, and not what it was for. */
function isTelling(sentence: Sentence, { start, end }: Span): boolean {
  const last = wordAt(sentence, end - 1);
  return (PAST.test(last) && !THINGS.test(last)) || /^(?:как|as)$/.test(wordAt(sentence, start));
}

function toLabel(scene: TextScene, plan: FieldPlan, { label, longest }: { label: Span; longest: number }) {
  const { sentence, topic } = scene;
  // The words of the amount ("расход", "spent") are no label either.
  const open = { ...scene, cues: scene.cues.map((cue) => ({ ...cue, plan })) };
  const rest = skipDoing(sentence, { ...label, start: findVerbEnd(open, label) });
  const said = cutRouting(open, plan, { ...rest, start: skipPlace(sentence, rest) });
  const span = trimSpan(sentence, said);
  if (span === undefined || !isNaming(sentence, topic, span) || isTelling(sentence, span)) return undefined;
  const count = countWords(sentence, span);
  return count > 0 && count <= longest ? toText(sentence, span) : undefined;
}

/** What an amount was for: only for a field that is asked "на что?", where the sentence says no "на". */
export function parseLabel(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const [amount] = scene.amounts;
  if (amount === undefined || !isAsked(scene, plan)) return undefined;
  const behind = { label: findBehind(scene, amount), longest: LONGEST_BEHIND };
  const before = { label: findBefore(scene, amount), longest: LONGEST_BEFORE };
  // "взнос 5000, проведи": behind a comma the sentence may go on to something else.
  const sides = textAt(scene.sentence, amount.end) === "," ? [before, behind] : [behind, before];
  for (const side of sides) {
    const label = toLabel(scene, plan, side);
    if (label) return label;
  }
  return undefined;
}

const LONGEST_WHOLE = 5;

/** A noun with its "на" or "for", and nothing that was done: "топливо для катера", "подписка на 1С". */
function isWhole({ sentence, cues, isClaimed }: TextScene, plan: FieldPlan, { start, end }: Span): boolean {
  const cue = cues.find(({ plan: other, span }) => other === plan && span.start > start && span.end < end);
  if (cue === undefined) return false;
  for (let at = start; at < cue.span.start; at += 1) {
    const word = wordAt(sentence, at);
    const isOther = cues.some(({ span }) => span.start <= at && at < span.end);
    const isNoun = word !== "" && !isFunctionWord(word) && !isRoutingVerb(word) && !PAST.test(word);
    if (!isNoun || isOther || isClaimed(at)) return false;
  }
  return cue.span.start - start <= 2;
}

/** "Groceries for the office kitchen, 2,140", "4к - подписка на 1С": more than what stands behind its "на". */
export function parseWholeLabel(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const [amount] = scene.amounts;
  if (amount === undefined || !isAsked(scene, plan)) return undefined;
  const { sentence } = scene;
  const isMarked = /^[-,]$/.test(textAt(sentence, amount.end));
  const behind = findBehind(scene, isMarked ? { ...amount, end: amount.end + 1 } : amount);
  for (const label of isMarked ? [findBefore(scene, amount), behind] : [findBefore(scene, amount)]) {
    const span = trimSpan(sentence, label);
    if (span && isWhole(scene, plan, span) && countWords(sentence, span) <= LONGEST_WHOLE)
      return toText(sentence, span);
  }
  return undefined;
}
