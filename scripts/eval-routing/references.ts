// Usual ways to find whose text a request is, to compare with: BM25 over single texts (minisearch) and a TF-IDF centroid for each skill.
import MiniSearch from "minisearch";
import type { SkillId } from "../../src/kernel/domain/id.ts";
import type { RoutingDocument, RoutingResult } from "../../src/kernel/routing/document.ts";
import type { Router } from "./embeddings.ts";

type ToRouter = (documents: readonly RoutingDocument[]) => Router;
type Scores = ReadonlyMap<SkillId, number>;

const REFERENCES: Readonly<Record<string, ToRouter>> = { bm25: toBm25, centroid: toCentroid };
export const REFERENCE_NAMES: readonly string[] = Object.keys(REFERENCES);

let inUse: ToRouter | undefined;

/** Until it has answered, requests are answered by this reference instead of the router. */
export function withReference<Judged>(name: string, judge: () => Judged): Judged {
  inUse = REFERENCES[name];
  try {
    return judge();
  } finally {
    inUse = undefined;
  }
}

/** Undefined: the router itself is judged. */
export function toReferenceRouter(documents: readonly RoutingDocument[]): Router | undefined {
  return inUse?.(documents);
}

function toTexts({ phrases, description }: RoutingDocument): string[] {
  const described = typeof description === "string" ? [description] : [description.ru, description.en];
  return [...phrases.ru, ...phrases.en, ...described.flatMap((text) => text ?? [])];
}

/** Of a skill its best text counts. */
function toBm25(documents: readonly RoutingDocument[]): Router {
  const search = new MiniSearch<{ id: number; text: string; skill: SkillId }>({
    fields: ["text"],
    storeFields: ["skill"],
  });
  const rows = documents.flatMap((one) => toTexts(one).map((text) => ({ text, skill: one.id })));
  search.addAll(rows.map((row, id) => ({ ...row, id })));
  return (query) => {
    const scores = new Map<SkillId, number>();
    for (const { id, score } of search.search(query)) {
      const skill = rows[Number(id)]?.skill;
      if (skill !== undefined) scores.set(skill, Math.max(score, scores.get(skill) ?? 0));
    }
    return toResult(scores);
  };
}

/** Words and pairs of words, each text one long, the texts of a skill added up. */
function toCentroid(documents: readonly RoutingDocument[]): Router {
  const texts = documents.flatMap((one) =>
    toTexts(one).map((text) => ({ skill: one.id, counts: toCounts(text) })),
  );
  const frequencies = new Map<string, number>();
  for (const { counts } of texts)
    for (const term of counts.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const weigh = (counts: ReadonlyMap<string, number>): Map<string, number> =>
    toUnit(
      new Map(
        [...counts].map(([term, times]) => [
          term,
          (1 + Math.log(times)) * Math.log((texts.length + 1) / ((frequencies.get(term) ?? 0) + 0.5)),
        ]),
      ),
    );
  const sums = new Map(documents.map(({ id }) => [id, new Map<string, number>()]));
  for (const { skill, counts } of texts) {
    const sum = sums.get(skill);
    if (sum) for (const [term, weight] of weigh(counts)) sum.set(term, (sum.get(term) ?? 0) + weight);
  }
  const postings = new Map<string, [SkillId, number][]>();
  for (const [skill, sum] of sums)
    for (const [term, weight] of toUnit(sum))
      postings.set(term, [...(postings.get(term) ?? []), [skill, weight]]);
  return (query) => {
    const scores = new Map<SkillId, number>();
    for (const [term, weight] of weigh(toCounts(query)))
      for (const [skill, its] of postings.get(term) ?? [])
        scores.set(skill, (scores.get(skill) ?? 0) + weight * its);
    return toResult(scores);
  };
}

function toCounts(text: string): Map<string, number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const counts = new Map<string, number>();
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`);
  for (const term of [...words, ...pairs]) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function toUnit(vector: ReadonlyMap<string, number>): Map<string, number> {
  const length = Math.hypot(...vector.values()) || 1;
  return new Map([...vector].map(([term, weight]) => [term, weight / length]));
}

/** It refuses nothing; the best score says how well a request fits. */
function toResult(scores: Scores): RoutingResult {
  const candidates = [...scores]
    .map(([id, score]) => ({ id, score, confidence: 0, features: {} }))
    .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
    .slice(0, 5);
  const inScope = candidates[0]?.score ?? 0;
  return { candidates, decision: "match", confidence: 0, margin: 0, inScope, reason: "a reference" };
}
