// Vectors to judge routing with: the stand-in, the meanings of the word table, or a file of another model's.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { RoutingDocument, RoutingResult } from "../../src/kernel/routing/document.ts";
import { toMeaningOf } from "../../src/kernel/routing/features/word-table.ts";
import type { RoutingIndex } from "../../src/kernel/routing/index-type.ts";
import { toLikeness } from "../../src/kernel/routing/likeness/figures.ts";
import { fitBlend } from "../../src/kernel/routing/likeness/fit-blend.ts";
import { findNearestVectors, toMatrix, toVectorBytes } from "../../src/kernel/routing/likeness/matrix.ts";
import { toFindNear, toNearTexts } from "../../src/kernel/routing/likeness/near-texts.ts";
import { toEmbeddedText, toEmbeddedTexts } from "../../src/kernel/routing/likeness/texts.ts";
import { isUnsure } from "../../src/kernel/routing/likeness/unsure.ts";
import { toRequest } from "../../src/kernel/routing/model/model.ts";
import { route } from "../../src/kernel/routing/route.ts";
import { MAX_HITS } from "../../src/kernel/ports/vectors.ts";
import { toStandInVector } from "../../src/providers/stand-in-embedder.ts";

/** Null: this text was never embedded. */
type ToVector = (text: string, index: RoutingIndex) => ArrayLike<number> | null;

export type Router = (query: string) => RoutingResult;

let toVector: ToVector | null = null;

/** `name`: stand-in, meaning, or a file of lines `{"text": …, "vector": […]}`. */
export async function useEmbeddings(name: string): Promise<void> {
  toVector = name === "stand-in" ? toStandInVector : name === "meaning" ? toMeaning : await loadVectors(name);
}

/** The table that the set is judged with has not seen it, and so these have not. */
function toMeaning(text: string, { model }: RoutingIndex): ArrayLike<number> | null {
  const { table } = model.vocabulary;
  return table ? toMeaningOf(table, toRequest(text).features) : null;
}

async function loadVectors(file: string): Promise<ToVector> {
  const vectors = new Map<string, Float32Array>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { text, vector } = JSON.parse(line) as { text: string; vector: number[] }; // the caller names the format
    vectors.set(text, Float32Array.from(vector));
  }
  return (text) => vectors.get(text) ?? null;
}

/** As requests are answered where embeddings are set; without any, as they are otherwise. */
export function toRouter(index: RoutingIndex, documents: readonly RoutingDocument[]): Router {
  if (toVector === null) return (query) => route(index, query);
  const embed = toVector;
  const owners = toEmbeddedTexts(documents);
  const rows = [...owners.keys()].flatMap((id) => {
    const values = embed(id, index);
    return values === null ? [] : [{ id, bytes: toVectorBytes(values) }];
  });
  const matrix = toMatrix(rows);
  const blend = fitBlend(index, toFindNear(index, matrix, { owners, toId: (text) => text }));
  console.error(`embeddings of ${matrix.ids.length} texts: ${JSON.stringify(blend)}`);
  return (query) => {
    const plain = route(index, query);
    const values = blend.weight > 0 && isUnsure(plain) ? embed(toEmbeddedText(query), index) : null;
    if (values === null) return plain;
    const near = toNearTexts(findNearestVectors(matrix, values, MAX_HITS), owners, () => true);
    return route(index, query, { likeness: toLikeness(near, blend, index.calibration.temperature) });
  };
}
