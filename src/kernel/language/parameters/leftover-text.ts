// The subject of a request: what is left when known values, what to do and what joins are taken away.
import type { FieldPlan } from "./field-plans.ts";
import {
  isFunctionWord,
  isHeadWord,
  isRoutingNoun,
  isRoutingNounOrSlip,
  isRoutingVerb,
  isStrongRoutingWord,
  isTailWord,
  isWeakRoutingWord,
} from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, toNormal, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isJoining, isSentenceEnd, toText, trimSpan } from "./text-scene.ts";
import { isMomentAt, isNaming } from "./vague-words.ts";

/** May stand before a strong word without ending the head: politeness, "новые", prepositions (but not "IT"). */
function isWeak(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (word === "") return true;
  return isWeakRoutingWord(word) && (isJoining(sentence, at) || !isFunctionWord(word));
}

/** "тендеры на", "в сети про": what follows is the subject, even when it is a routing word itself ("на закупку спецтехники"). */
function isLeadingNoun(sentence: Sentence, at: number): boolean {
  return isRoutingNounOrSlip(wordAt(sentence, at)) && isFunctionWord(wordAt(sentence, at + 1));
}

/** Behind the last word that `isStrong`, as long as only weak words stand between. */
function findLastStrong(sentence: Sentence, { start, end }: Span, isStrong: (at: number) => boolean): number {
  let last = start;
  for (let at = start; at < end; at += 1) {
    if (isStrong(at)) last = at + 1;
    else if (!isWeak(sentence, at)) break;
  }
  return last;
}

const BUYING =
  /^(?:покупа|закупа|приобрета|заказыва)(?:ют|ет)(?:ся)?$|^(?:ищут|ищет)$|^(?:buy|buying|buys|procure|procuring|purchase|purchasing)$/;
const ASKING = /^(?:кто|какие|какой|какая|which|who|what)$/;
const LONGEST_ASKED = 8;

const BUYS_SOME = /^(?:бер[уе]т|(?:покупа|закупа|заказыва)(?:ют|ет)|buys?|buying)$/;

/** "глянь, что госы берут из" before "морепродуктов". */
function findSomeEnd(sentence: Sentence, { start, end }: Span): number | undefined {
  let at = start;
  while (at < end && (isRoutingVerb(wordAt(sentence, at)) || wordAt(sentence, at) === "")) at += 1;
  if (!/^(?:что|чего|what)$/.test(wordAt(sentence, at))) return undefined;
  const last = Math.min(end - 1, at + LONGEST_ASKED);
  let isBought = false;
  for (at += 1; at < last; at += 1) {
    isBought ||= BUYS_SOME.test(wordAt(sentence, at));
    if (isBought && /^(?:из|of)$/.test(wordAt(sentence, at))) return at + 1;
  }
  return undefined;
}

/** "какие госзаказчики сейчас покупают" before "доработку": who buys is not what is bought. */
function findAskedEnd(sentence: Sentence, { start, end }: Span): number | undefined {
  const some = findSomeEnd(sentence, { start, end });
  if (some !== undefined) return some;
  if (!ASKING.test(wordAt(sentence, start))) return undefined;
  for (let at = start + 1; at < Math.min(end - 1, start + LONGEST_ASKED); at += 1)
    if (BUYING.test(wordAt(sentence, at)) && !isRoutingNoun(wordAt(sentence, at + 1))) return at + 1;
  return undefined;
}

/** The head ends behind the first routing noun with its preposition, else behind its last strong word ("покажи мне новые"). */
function findHeadEnd({ sentence, cues }: TextScene, plan: FieldPlan, { start, end }: Span): number {
  // "how to get a licence": the question is the subject, whatever its verb.
  if (/^(?:how|why|как|почему|зачем)$/.test(wordAt(sentence, start))) return start;
  const asked = findAskedEnd(sentence, { start, end });
  if (asked !== undefined) return asked;
  for (let at = start; at < end - 1; at += 1) {
    // "тендеры, где нужна" before "уборка", "статей в сети на" before "морепродукты"
    const rest = { start: at + 1, end };
    if (isLeadingNoun(sentence, at))
      return findLastStrong(
        sentence,
        rest,
        (index) => isRoutingVerb(wordAt(sentence, index)) || isLeadingNoun(sentence, index),
      );
  }
  const isCue = (at: number): boolean =>
    cues.some((cue) => cue.plan === plan && cue.span.start <= at && at < cue.span.end);
  return findLastStrong(sentence, { start, end }, (at) => isCue(at) || isHeadWord(wordAt(sentence, at)));
}

function isTail(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return isStrongRoutingWord(word) || isTailWord(word) || isJoining(sentence, at) || isMomentAt(sentence, at);
}

function cutRouting(scene: TextScene, plan: FieldPlan, span: Span): Span {
  const start = findHeadEnd(scene, plan, span);
  let { end } = span;
  while (end > start && isTail(scene.sentence, end - 1)) end -= 1;
  return { start, end };
}

function findFragments({ sentence, isClaimed }: TextScene): Span[] {
  const fragments: Span[] = [];
  let start = 0;
  for (let at = 0; at <= sentence.tokens.length; at += 1) {
    if (at < sentence.tokens.length && !isClaimed(at) && !isSentenceEnd(sentence, at)) continue;
    if (at > start) fragments.push({ start, end: at });
    start = at + 1;
  }
  return fragments;
}

function countWords(sentence: Sentence, span: Span): number {
  const tokens = sentence.tokens.slice(span.start, span.end);
  return tokens.filter((token) => token.kind === "word" && !isFunctionWord(token.text)).length;
}

/** "мониторинг закупок: бумага А4": what stands before a colon and names the place of search is no subject. */
function isHeading({ sentence }: TextScene, { start, end }: Span): boolean {
  const isBeforeColon = textAt(sentence, end) === ":" && end + 1 < sentence.tokens.length;
  return isBeforeColon && sentence.tokens.slice(start, end).some((token) => isRoutingNoun(token.text));
}

/** "Добрый день!" */
function isPolite(sentence: Sentence, { start, end }: Span): boolean {
  return sentence.tokens.slice(start, end).every((_, index) => isWeak(sentence, start + index));
}

/** The fragment with the most words; the first of equals. */
export function parseLeftover(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence } = scene;
  const fragments = findFragments(scene).flatMap((fragment) => {
    if (isHeading(scene, fragment) || isPolite(sentence, fragment)) return [];
    const span = trimSpan(sentence, cutRouting(scene, plan, fragment));
    return span && isNaming(sentence, scene.topic, span) ? [{ span, words: countWords(sentence, span) }] : [];
  });
  const longest = fragments.toSorted((a, b) => b.words - a.words)[0];
  return longest && longest.words > 0 ? toText(sentence, longest.span) : undefined;
}

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
function skipPlace(sentence: Sentence, start: number, end: number): number {
  return /^(?:в|во|для)$/.test(wordAt(sentence, start)) && end - start > 2 ? start + 2 : start;
}

/** What an amount was for: only for a field that is asked "на что?", where the sentence says no "на". */
export function parseLabel(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const [amount] = scene.amounts;
  const words = (plan.field.words ?? []).map(toNormal);
  if (amount === undefined || scene.hasOtherTexts || !words.includes("на")) return undefined;
  // The words of the amount ("расход", "spent") are no label either.
  const open = { ...scene, cues: scene.cues.map((cue) => ({ ...cue, plan })) };
  const toLabel = (label: Span, longest: number): TextFound | undefined => {
    const start = skipPlace(scene.sentence, findVerbEnd(open, label), label.end);
    const said = cutRouting(open, plan, { ...label, start });
    const span = trimSpan(scene.sentence, said);
    const isNamed = span !== undefined && isNaming(scene.sentence, scene.topic, span);
    const count = isNamed ? countWords(scene.sentence, span) : 0;
    return count > 0 && count <= longest ? toText(scene.sentence, span) : undefined;
  };
  return (
    toLabel(findBehind(scene, amount), LONGEST_BEHIND) ?? toLabel(findBefore(scene, amount), LONGEST_BEFORE)
  );
}
