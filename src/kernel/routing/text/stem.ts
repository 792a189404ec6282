// The stem of a word: Snowball for Russian, a light suffix stripper for English. It never looks at a dictionary.
import { toRussianStem } from "./stem-russian.ts";

const CYRILLIC = /[а-я]/;
const SHORTEST_STEM = 3;
/** Longer ones are not words of a language, and the patterns' time grows with them. */
const LONGEST_WORD = 40;

export function toStem(word: string): string {
  if (word.length <= SHORTEST_STEM || word.length > LONGEST_WORD) return word;
  return CYRILLIC.test(word) ? toRussianStem(word) : toEnglishStem(word);
}

function toEnglishStem(word: string): string {
  const singular = dropPlural(word);
  const base = dropEnding(singular);
  return base.length > SHORTEST_STEM && base.endsWith("e") ? base.slice(0, -1) : base;
}

function dropPlural(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function dropEnding(word: string): string {
  for (const ending of ["ing", "ed", "ion", "ly"]) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    if (rest.length < SHORTEST_STEM || !/[aeiouy]/.test(rest)) return word;
    if (ending === "ion") return /[st]$/.test(rest) ? rest : word;
    return /([bdgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest;
  }
  return word;
}
