// The subject of a request: what is left when known values, what to do and what joins are taken away.
import {
  isFunctionWord,
  isRoutingNoun,
  isStrongRoutingWord,
  isTailWord,
  isWeakRoutingWord,
} from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isJoining, isSentenceEnd, toText, trimSpan } from "./text-scene.ts";

/** May stand before a strong word without ending the head: politeness, "новые", prepositions (but not "IT"). */
function isWeak(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (word === "") return true;
  return isWeakRoutingWord(word) && (isJoining(sentence, at) || !isFunctionWord(word));
}

/** The head ends behind its last strong word ("покажи мне все новые тендеры на"), or behind a routing noun and its preposition. */
function findHeadEnd({ sentence, cues }: TextScene, { start, end }: Span): number {
  let last = start;
  for (let at = start; at < end; at += 1) {
    const isCue = cues.some((cue) => cue.span.start <= at && at < cue.span.end);
    if (isCue || isStrongRoutingWord(wordAt(sentence, at))) last = at + 1;
    else if (!isWeak(sentence, at)) break;
  }
  for (let at = last; at < end - 1; at += 1)
    if (isRoutingNoun(wordAt(sentence, at)) && isFunctionWord(wordAt(sentence, at + 1))) last = at + 2;
  return last;
}

function isTail(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return isStrongRoutingWord(word) || isTailWord(word) || isJoining(sentence, at);
}

function cutRouting(scene: TextScene, span: Span): Span {
  const start = findHeadEnd(scene, span);
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

/** The fragment with the most words; the first of equals. */
export function parseLeftover(scene: TextScene): TextFound | undefined {
  const { sentence } = scene;
  const fragments = findFragments(scene).flatMap((fragment) => {
    const span = trimSpan(sentence, cutRouting(scene, fragment));
    return span ? [{ span, words: countWords(sentence, span) }] : [];
  });
  const longest = fragments.toSorted((a, b) => b.words - a.words)[0];
  return longest && longest.words > 0 ? toText(sentence, longest.span) : undefined;
}
