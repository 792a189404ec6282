// Words that people inflect: a phrase matches a place in a sentence when the stems are equal.
import type { Sentence, Span } from "./sentence.ts";
import { parseSentence, textAt } from "./sentence.ts";

// One ending is stripped, never two: "рублей" and "рубль" must meet, "сумма" and "сумов" must not.
const ENDINGS_RU =
  /(?:иями|ием|ями|ами|иях|ях|ах|ией|ого|его|ому|ему|ыми|ими|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ых|их|ым|им|ом|ем|ов|ев|ам|ям|ия|ию|ии|ью|ья|ьи|[аеиоуыэюяьй])$/u;

function toEnglishStem(word: string): string {
  const bare = word.replace(/['’]s?$/u, "");
  if (bare.length <= 3) return bare;
  if (bare.endsWith("ies")) return `${bare.slice(0, -3)}y`;
  if (/(?:x|ss|ch|sh)es$/.test(bare)) return bare.slice(0, -2);
  return bare.endsWith("s") && !/[sui]$/.test(bare.slice(0, -1)) ? bare.slice(0, -1) : bare;
}

/** "ссылок" and "ссылка", "коробок" and "коробки": the vowel comes and goes with the ending. */
const FLEETING_VOWEL = /(?<=[^аеиоуыэюя]{1})[ое](?=к$)/u;

/** Expects normalised text. Short words are left whole: their endings are the word. */
export function toStem(word: string): string {
  if (!/\p{Script=Cyrillic}/u.test(word)) return toEnglishStem(word);
  const stem = word.replace(ENDINGS_RU, "");
  return word.length > 3 && stem.length >= 3 ? stem.replace(FLEETING_VOWEL, "") : word;
}

export type Phrase = readonly string[];

/** Marks are not part of a phrase, so "44-ФЗ", "44 фз" and "44ФЗ" are one. A phrase of marks alone ("№", "$") is those marks. */
export function toPhrase(text: string): Phrase {
  const { tokens } = parseSentence(text);
  const solid = tokens.filter((token) => token.kind !== "mark");
  return (solid.length > 0 ? solid : tokens).map((token) => toStem(token.text));
}

/** Where the phrase ends when it starts at this token; undefined when it does not. */
export function matchPhrase(sentence: Sentence, at: number, phrase: Phrase): number | undefined {
  let index = at;
  for (const [position, stem] of phrase.entries()) {
    if (position > 0 && /^[-.]$/.test(textAt(sentence, index))) index += 1;
    const text = textAt(sentence, index);
    if (text === "" || toStem(text) !== stem) return undefined;
    index += 1;
  }
  return phrase.length > 0 ? index : undefined;
}

/** All places of several phrases; where they overlap, the longest wins. `T` is what the phrase stands for. */
export function findPhrases<T>(
  sentence: Sentence,
  phrases: readonly { phrase: Phrase; value: T }[],
): { span: Span; value: T }[] {
  const byFirst = Map.groupBy(phrases, (entry) => entry.phrase[0] ?? "");
  const found: { span: Span; value: T }[] = [];
  for (const [at, token] of sentence.tokens.entries()) {
    for (const { phrase, value } of byFirst.get(toStem(token.text)) ?? []) {
      const end = matchPhrase(sentence, at, phrase);
      if (end !== undefined) found.push({ span: { start: at, end }, value });
    }
  }
  return found;
}
