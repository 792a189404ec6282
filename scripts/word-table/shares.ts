// How everyday a word is: its share of the requests of a corpus, as the middle one of all corpora has it. What is frequent in one
// corpus alone is that corpus's topic.
import type { Source } from "./sources.ts";

export function toShares(sources: readonly Source[], words: readonly string[]): Float32Array {
  const languages = new Map(
    (["ru", "en"] as const).map((language) => [
      language,
      countCorpora(sources.filter((one) => one.language === language)),
    ]),
  );
  return Float32Array.from(words, (word) => {
    const corpora = languages.get(/[а-я]/.test(word) ? "ru" : "en") ?? [];
    const shares = corpora.map((counts) => counts.get(word) ?? 0).sort((one, other) => one - other);
    return shares[Math.floor((shares.length - 1) / 2)] ?? 0;
  });
}

/** Per corpus the share of its requests that have a word. */
function countCorpora(sources: readonly Source[]): Map<string, number>[] {
  const corpora = new Map<string, Source[]>();
  for (const source of sources) {
    if (!source.isRequest) continue;
    const own = corpora.get(source.corpus);
    if (own) own.push(source);
    else corpora.set(source.corpus, [source]);
  }
  return [...corpora.values()].map((requests) => {
    const counts = new Map<string, number>();
    for (const { terms } of requests)
      for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1 / requests.length);
    return counts;
  });
}
