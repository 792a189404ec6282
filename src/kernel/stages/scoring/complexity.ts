// How much a request asks for, from 0 to 10, by counting its words. It never looks at a skill.
import { CONDITIONALS, CONJUNCTIONS, ENGLISH_VERBS, RUSSIAN_VERBS } from "./action-words.ts";

const PER_VERB = 0.5;
const PER_CONJUNCTION = 0.8;
const PER_CONDITIONAL = 1;
const PER_WORD = 0.05;
const LENGTH_CAP = 1.5;
const CAP = 10;
/** As far as a request is read for routing. */
const CHARACTERS = 2_000;

export function scoreComplexity(query: string): number {
  const words =
    query
      .slice(0, CHARACTERS)
      .toLowerCase()
      .replaceAll("ё", "е")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  let score = Math.min(LENGTH_CAP, words.length * PER_WORD);
  for (const word of words) {
    if (isVerb(word)) score += PER_VERB;
    if (CONJUNCTIONS.has(word)) score += PER_CONJUNCTION;
    if (CONDITIONALS.has(word)) score += PER_CONDITIONAL;
  }
  return Math.min(CAP, Math.round(score * 100) / 100);
}

function isVerb(word: string): boolean {
  return (
    ENGLISH_VERBS.has(word) ||
    RUSSIAN_VERBS.has(word) ||
    (word.endsWith("те") && RUSSIAN_VERBS.has(word.slice(0, -2)))
  );
}
