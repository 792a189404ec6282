// A request of several sentences: one of them may ask, and the others tell. It is put together from answers and decides nothing.
import { type Ranking, toBest } from "./model/rank.ts";
import { QUERY_CHARACTERS } from "./text/normalise.ts";

/** Of a score, what the sentence that a skill fits best has of it. */
const SHARE = 0.35;
const FEWEST_WORDS = 3;
const MOST_SENTENCES = 6;
const BETWEEN = /(?<=[.?!;…])\s+|\n+/;

/** None where there is only one. */
export function toSentences(query: string): string[] {
  const parts = query.slice(0, QUERY_CHARACTERS).split(BETWEEN);
  const sentences = parts.filter((part) => part.trim().split(/\s+/).length >= FEWEST_WORDS);
  return sentences.length > 1 ? sentences.slice(0, MOST_SENTENCES) : [];
}

export function mixSentences(whole: Ranking, sentences: readonly Ranking[]): Ranking {
  if (sentences.length === 0) return whole;
  const scores = whole.scores.map((score, skill) => {
    const best = Math.max(...sentences.map((one) => one.scores[skill] ?? 0));
    return (1 - SHARE) * score + SHARE * best;
  });
  const nearness = new Map(whole.nearness);
  for (const one of sentences)
    for (const [skill, near] of one.nearness)
      if (!whole.nearness.has(skill)) nearness.set(skill, Math.max(near, nearness.get(skill) ?? 0));
  return { ...whole, scores, nearness, order: toBest(scores) };
}
