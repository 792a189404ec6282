// Text fields: a quotation, what stands behind the field's own words, or what is left of the request. The user's words as written.
import type { Cue } from "./cues.ts";
import type { FieldPlan } from "./field-plans.ts";
import type { FoundLiteral } from "./found.ts";
import { isFunctionWord, isRoutingNoun, isStrongRoutingWord, isTailWord, isWeakRoutingWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isLegalForm, isPartyWord } from "./party-words.ts";
import { isAttached, textAt, toNormal, toWords, wordAt } from "./sentence.ts";

export interface TextScene {
  readonly sentence: Sentence;
  readonly cues: readonly Cue[];
  readonly quotes: readonly FoundLiteral[];
  readonly isClaimed: (index: number) => boolean;
  readonly hasOtherTexts: boolean;
}

export interface TextFound {
  readonly value: string;
  readonly span: Span;
}

const HARD_MARKS = /^[!?;:()[\]{}«»“”„"|—\n]$/u;
const CLAUSE_WORDS = /^(?:на|по|за|до|в|во|с|со|от|из|к|for|at|to|in|from|on|by|with|under|per|over|until|before)$/;
const PREPOSITIONS = new Set("для for на on в in по о об про about from от у с к".split(" "));

function isSentenceEnd(sentence: Sentence, at: number): boolean {
  const text = textAt(sentence, at);
  const isInside = sentence.tokens[at + 1] !== undefined && isAttached(sentence, at + 1);
  return HARD_MARKS.test(text) || (/^[.,]$/.test(text) && text === "." && !isInside);
}

/** "it" joins, "IT" is a trade. */
function isJoining(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  if (token === undefined || !isFunctionWord(token.text)) return false;
  const written = sentence.source.slice(token.start, token.end);
  return !(written.length > 1 && written === written.toUpperCase() && sentence.source !== sentence.source.toUpperCase());
}

/** Cuts joining words and marks from both ends. */
function trimSpan(sentence: Sentence, span: Span): Span | undefined {
  let { start, end } = span;
  const isEdge = (at: number): boolean => {
    const token = sentence.tokens[at];
    return token?.kind === "mark" ? !/^[№#+@$€₽]$/u.test(token.text) : isJoining(sentence, at);
  };
  while (start < end && isEdge(start)) start += 1;
  while (end > start && isEdge(end - 1)) end -= 1;
  const hasWord = sentence.tokens.slice(start, end).some((token) => token.kind !== "mark");
  return hasWord ? { start, end } : undefined;
}

function toText(sentence: Sentence, span: Span | undefined): TextFound | undefined {
  return span && { value: toWords(sentence, span), span };
}

function isName(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  return token !== undefined && /^[\p{Lu}]/u.test(sentence.source.charAt(token.start));
}

function isJoint(sentence: Sentence, at: number): boolean {
  return /^(?:и|and|of|de|&|-|')$/.test(textAt(sentence, at));
}

/** "Cafe Pristan asap": after two capitalised words a small one is no longer the name, unless "и", "&" or "of" joins it. */
function isPastName(sentence: Sentence, from: number, at: number): boolean {
  const isSmall = wordAt(sentence, at) !== "" && !isName(sentence, at);
  return isSmall && !isJoint(sentence, at) && !isJoint(sentence, at - 1) && at >= from + 2 && isName(sentence, from) && isName(sentence, at - 1);
}

/** Where the text behind a cue ends: at another value, another field's word, or a preposition that leads to a number. */
function findEnd(scene: TextScene, plan: FieldPlan, from: number): number {
  const { sentence, cues, isClaimed, hasOtherTexts } = scene;
  const startsWithName = isName(sentence, from);
  let at = from;
  for (; at < sentence.tokens.length; at += 1) {
    if (isClaimed(at) || isSentenceEnd(sentence, at) || isPastName(sentence, from, at)) break;
    const isComma = textAt(sentence, at) === "," && (hasOtherTexts || startsWithName);
    const isOtherCue = at > from && cues.some((cue) => cue.plan !== plan && cue.span.start === at && !PREPOSITIONS.has(textAt(sentence, at)));
    const isClause = at > from && CLAUSE_WORDS.test(wordAt(sentence, at));
    const leadsToNumber = sentence.tokens[at + 1]?.kind === "number";
    const leavesName = hasOtherTexts || (startsWithName && !isName(sentence, at + 1));
    if (isComma || isOtherCue || (isClause && (leadsToNumber || leavesName))) break;
  }
  return at;
}

function parseBehindCue(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  for (const { span } of scene.cues.filter((cue) => cue.plan === plan)) {
    // "на что", "for whom", "my company": nothing is named.
    const isQuestion = /^(?:что|чего|чем|кого|кому|what|whom|who|which)$/.test(wordAt(scene.sentence, span.end));
    const isOwn = /^(?:my|our|your|мой|моя|моей|мою|наш|наша|нашей|нашу|нашего|нашему)$/.test(wordAt(scene.sentence, span.start - 1));
    if (scene.isClaimed(span.start) || isQuestion || isOwn) continue;
    let from = span.end;
    while (/^[:=—-]$/.test(textAt(scene.sentence, from)) || (from > span.end - 1 && isFunctionWord(wordAt(scene.sentence, from)))) from += 1;
    const text = toText(scene.sentence, trimSpan(scene.sentence, { start: from, end: findEnd(scene, plan, from) }));
    if (text) return text;
  }
  return undefined;
}

/** The tokens of the head that only say what to do: up to its last strong word ("покажи мне все новые тендеры на"). */
function cutHead(scene: TextScene, { start, end }: Span): Span {
  const { sentence, cues } = scene;
  let last = start;
  for (let at = start; at < end; at += 1) {
    const word = wordAt(sentence, at);
    const isCue = cues.some((cue) => cue.span.start <= at && at < cue.span.end);
    if (isStrongRoutingWord(word) || isCue) last = at + 1;
    else if (word !== "" && !(isWeakRoutingWord(word) && (isJoining(sentence, at) || !isFunctionWord(word)))) break;
  }
  for (let at = last; at < end - 1; at += 1) if (isRoutingNoun(wordAt(sentence, at)) && isFunctionWord(wordAt(sentence, at + 1))) last = at + 2;
  let tail = end;
  while (tail > last && (isStrongRoutingWord(wordAt(sentence, tail - 1)) || isTailWord(wordAt(sentence, tail - 1)) || isJoining(sentence, tail - 1))) tail -= 1;
  return { start: last, end: tail };
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
  return sentence.tokens.slice(span.start, span.end).filter((token) => token.kind === "word" && !isFunctionWord(token.text)).length;
}

function parseLeftover(scene: TextScene): TextFound | undefined {
  const { sentence } = scene;
  const fragments = findFragments(scene).flatMap((fragment) => {
    const trimmed = trimSpan(sentence, cutHead(scene, fragment));
    return trimmed ? [trimmed] : [];
  });
  const longest = fragments.toSorted((a, b) => countWords(sentence, b) - countWords(sentence, a))[0];
  return longest && countWords(sentence, longest) > 0 ? toText(sentence, longest) : undefined;
}

/** "ООО Белый Берег", "Severny Ulov LLC": a legal form says by itself that this is a company. */
function parseCompany(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, isClaimed } = scene;
  if (!(plan.field.words ?? []).some(isPartyWord)) return undefined;
  const at = sentence.tokens.findIndex((token, index) => isLegalForm(token.text) && !isClaimed(index));
  if (at === -1) return undefined;
  let { start, end } = { start: at, end: at + 1 };
  if (/^[a-z]/.test(textAt(sentence, at))) while (start > 0 && isName(sentence, start - 1) && !isClaimed(start - 1) && wordAt(sentence, start - 1) !== "") start -= 1;
  else end = findCompanyEnd(scene, plan, at + 1);
  return end - start > 1 ? toText(sentence, { start, end }) : undefined;
}

/** "ИП Петров А.В." */
function isInitialDot(sentence: Sentence, at: number): boolean {
  return textAt(sentence, at) === "." && wordAt(sentence, at - 1).length === 1;
}

function findCompanyEnd(scene: TextScene, plan: FieldPlan, from: number): number {
  const { sentence } = scene;
  const quote = scene.quotes.find((one) => one.span.start === from);
  if (quote) return quote.span.end;
  const end = findEnd(scene, plan, from);
  if (!isName(sentence, from)) return end;
  let at = from + 1;
  while (at < end && (isName(sentence, at) || (isJoint(sentence, at) && at + 1 < end) || isInitialDot(sentence, at) || isJoint(sentence, at - 1))) at += 1;
  return at;
}

/** The quotation that a cue of this field leads to, or the only one there is. */
function parseQuote(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const free = scene.quotes.filter((quote) => !scene.isClaimed(quote.span.start));
  const led = free.find((quote) => scene.cues.some((cue) => cue.plan === plan && cue.span.end <= quote.span.start && quote.span.start - cue.span.end <= 3));
  const only = free.length === 1 && !scene.hasOtherTexts ? free[0] : undefined;
  const quote = led ?? only;
  return quote && { value: quote.text, span: quote.span };
}

/** Its words only join ("на", "про", "for") or there are none: the subject of the request, not a named part of it. */
function isSubject(plan: FieldPlan): boolean {
  return (plan.field.words ?? []).every((word) => isFunctionWord(toNormal(word)));
}

/**
 * The subject, if it is the only required text, takes what is left of the request. Every other text is filled only where one of its
 * words (or a quotation) is said: "сделай КП" names no customer.
 */
export function parseText(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const named = parseCompany(scene, plan) ?? parseQuote(scene, plan);
  if (named) return named;
  return plan.isRequired && !scene.hasOtherTexts && isSubject(plan) ? parseLeftover(scene) : parseBehindCue(scene, plan);
}
