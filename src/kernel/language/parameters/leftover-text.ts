// The subject of a request: what is left when known values, what to do and what joins are taken away.
import type { FieldPlan } from "./field-plans.ts";
import {
  isFunctionWord,
  isHeadWord,
  isPlainTender,
  isRoutingNoun,
  isRoutingNounOrSlip,
  isRoutingVerb,
  isRoutingVerbOrSlip,
  isStrongRoutingWord,
  isTailWord,
  isWeakRoutingWord,
} from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
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
  const next = wordAt(sentence, at + 1);
  const isLeading = isFunctionWord(next) && !/^(?:please|пожалуйста|плиз|and|or|и|или|is|are)$/.test(next);
  return isLeading && isRoutingNounOrSlip(wordAt(sentence, at));
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
  return findLastStrong(sentence, { start, end }, (at) => isCue(at) || isHead(sentence, { start: at, end }));
}

/** "статьи", "websites": looked among where a joining word follows; "website development" is a subject. */
function isHead(sentence: Sentence, { start: at, end }: Span): boolean {
  const word = wordAt(sentence, at);
  if (isStrongRoutingWord(word) || (at === 0 && isRoutingVerbOrSlip(word))) return true;
  const next = wordAt(sentence, at + 1);
  return isHeadWord(word) && (at + 1 >= end || next === "" || isFunctionWord(next) || !/^[a-z]/.test(word));
}

/** "в интернете", "тендеры" behind a subject; the "площадки" of "ремонт площадки" is its own. */
function isTailNoun(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  const isLed = /^(?:в|во|на|in|on|the|из|from)$/.test(wordAt(sentence, at - 1));
  return isPlainTender(word) || (isRoutingNoun(word) && isLed);
}

function isTail(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return (
    isRoutingVerb(word) ||
    isTailNoun(sentence, at) ||
    isTailWord(word) ||
    isJoining(sentence, at) ||
    isMomentAt(sentence, at)
  );
}

/** "me anything about", "I'd like to read up on": words that name nothing, up to the preposition that leads to the subject. */
function skipVague({ sentence, topic }: TextScene, { start, end }: Span): number {
  const isVague = (at: number): boolean =>
    wordAt(sentence, at) !== "" &&
    !isTailWord(wordAt(sentence, at)) &&
    !isNaming(sentence, topic, { start: at, end: at + 1 });
  let at = start;
  while (at < end && isVague(at)) at += 1;
  const isLed = /^(?:for|on|about|на|по|про|о|об)$/.test(wordAt(sentence, at - 1));
  const isTelling = sentence.tokens.slice(start, at).some(({ text }) => !isFunctionWord(text));
  return at > start && isLed && isTelling ? at : start;
}

/** "коллеги, ...", "..., желательно побыстрее": clauses at either end that name nothing. */
function cutClauses({ sentence, topic }: TextScene, { start, end }: Span): Span {
  const commas = sentence.tokens.flatMap(({ text }, at) =>
    text === "," && at > start && at < end - 1 ? [at] : [],
  );
  const said = { start, end };
  for (const comma of commas) {
    if (isNaming(sentence, topic, { start: said.start, end: comma })) break;
    said.start = comma + 1;
  }
  for (const comma of commas.toReversed()) {
    if (comma < said.start || isNaming(sentence, topic, { start: comma + 1, end: said.end })) break;
    said.end = comma;
  }
  return said;
}

const SELLING = /^(?:sell|selling|supply|supplying|продать|продавать|поставить|поставлять|сбыть)$/;
const STATE = /^(?:state|government|государств\p{L}+|госсектор\p{L}*|бюджетник\p{L}+)$/u;

/** "sell office paper to the state": what is sold, between the selling and the buyer. */
function cutSelling(sentence: Sentence, { start, end }: Span): Span {
  let sold = start;
  const isBefore = (at: number): boolean => isWeak(sentence, at) || isRoutingVerb(wordAt(sentence, at));
  while (sold < end && !SELLING.test(wordAt(sentence, sold)) && isBefore(sold)) sold += 1;
  if (/^(?:где|where)$/.test(wordAt(sentence, sold))) sold += 1;
  const state = sentence.tokens.findIndex(({ text }, at) => at > sold && at < end && STATE.test(text));
  if (!SELLING.test(wordAt(sentence, sold)) || state === -1) return { start, end };
  let buyer = state;
  while (/^(?:to|the)$/.test(wordAt(sentence, buyer - 1))) buyer -= 1;
  return { start: sold + 1, end: buyer };
}

export function cutRouting(scene: TextScene, plan: FieldPlan, span: Span): Span {
  const { sentence } = scene;
  const said = cutSelling(sentence, cutClauses(scene, span));
  const head = findHeadEnd(scene, plan, said);
  let { end } = said;
  const start = skipVague(scene, { start: head, end });
  while (end > start && isTail(sentence, end - 1)) end -= 1;
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

export function countWords(sentence: Sentence, span: Span): number {
  const tokens = sentence.tokens.slice(span.start, span.end);
  return tokens.filter((token) => token.kind === "word" && !isFunctionWord(token.text)).length;
}

/** "мониторинг закупок: бумага А4": what stands before a colon and names the place of search is no subject. */
function isHeading({ sentence }: TextScene, { start, end }: Span): boolean {
  const isBeforeColon = textAt(sentence, end) === ":" && end + 1 < sentence.tokens.length;
  return isBeforeColon && sentence.tokens.slice(start, end).some((token) => isRoutingNoun(token.text));
}

/** "тендеры, где мало конкурентов", "tenders a seafood company could win": what they are like is no subject of theirs. */
function isClause({ sentence }: TextScene, fragment: Span, { start, end }: Span): boolean {
  const isBehindNoun = sentence.tokens.slice(fragment.start, start).some(({ text }) => isPlainTender(text));
  const isRelative =
    /^(?:где|куда|чем|с|подход[яи]т|подойд[уе]т|потян[уе]т|котор\p{L}{2,3}|where|which|that|who)$/u.test(
      wordAt(sentence, start),
    );
  const isActing = sentence.tokens
    .slice(start + 1, end)
    .some(({ text }) => /^(?:could|can|would|might|should)$/.test(text));
  return isBehindNoun && (isRelative || isActing);
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
    return span && isNaming(sentence, scene.topic, span) && !isClause(scene, fragment, span)
      ? [{ span, words: countWords(sentence, span) }]
      : [];
  });
  const longest = fragments.toSorted((a, b) => b.words - a.words)[0];
  return longest && longest.words > 0 ? toText(sentence, longest.span) : undefined;
}
