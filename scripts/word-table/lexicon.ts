// The words of the sources by number, most frequent first. What too few texts have is left out.
import type { Source } from "./sources.ts";

const FEWEST_TEXTS = 2;

export interface Lexicon {
  readonly words: readonly string[];
  /** Word -> the share of all words said that it is. */
  readonly shares: Float64Array;
  /** Text -> its words by number, in order. */
  readonly texts: readonly Int32Array[];
  /** Text -> number of its label. */
  readonly labels: Int32Array;
  /** Label -> how often it is drawn, beside others of as many texts. */
  readonly drawn: Float64Array;
}

export function toLexicon(sources: readonly Source[], most: number): Lexicon {
  const counts = new Map<string, number>();
  for (const { terms } of sources)
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const words = [...counts]
    .filter(([, count]) => count >= FEWEST_TEXTS)
    .sort(([one, count], [other, times]) => times - count || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
  const numbers = new Map(words.map((word, number) => [word, number]));
  const texts = sources.map(({ terms }) =>
    Int32Array.from(terms.map((term) => numbers.get(term) ?? -1).filter((number) => number >= 0)),
  );
  const shares = new Float64Array(words.length);
  let said = 0;
  for (const text of texts) {
    for (const word of text) shares[word] = (shares[word] ?? 0) + 1;
    said += text.length;
  }
  const labelNumbers = new Map<string, number>();
  const labels = Int32Array.from(sources, ({ label }) => {
    const number = labelNumbers.get(label) ?? labelNumbers.size;
    labelNumbers.set(label, number);
    return number;
  });
  return {
    words,
    shares: shares.map((count) => count / said),
    texts,
    labels,
    drawn: toDrawn(sources, labels, labelNumbers.size),
  };
}

function toDrawn(sources: readonly Source[], labels: Int32Array, count: number): Float64Array {
  const drawn = new Float64Array(count);
  sources.forEach((source, text) => {
    drawn[labels[text] ?? 0] = source.drawn;
  });
  return drawn;
}
