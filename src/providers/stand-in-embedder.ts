// Practice embeddings, `mock/characters`: a text's pieces of three to five letters, hashed into one vector. They know no meaning, cost
// nothing and leave no machine: what embeddings are for is shown with them, not how good they are.
import type { Embedder } from "../kernel/ports/embedder.ts";

export const STAND_IN_MODEL = "mock/characters";

const SIZE = 256;
const SHORTEST = 3;
const LONGEST = 5;

export function createStandInEmbedder(): Embedder {
  return { model: STAND_IN_MODEL, embed: async (texts) => texts.map(toStandInVector) };
}

export function toStandInVector(text: string): readonly number[] {
  const values = Array.from({ length: SIZE }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const letters = ` ${word} `;
    for (let length = SHORTEST; length <= LONGEST; length++)
      for (let at = 0; at + length <= letters.length; at++) addTo(values, letters.slice(at, at + length));
  }
  return values;
}

/** FNV-1a. Half of the pieces take away, so that two that share a place are not taken for one. */
function addTo(values: number[], piece: string): void {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at++) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  const place = (hash >>> 1) % SIZE;
  values[place] = (values[place] ?? 0) + (hash & 1 ? 1 : -1);
}
