// From public corpora to the bytes of a word table. The same corpora give the same bytes.
import type { DataSet } from "../eval-routing/data.ts";
import { toAssociations } from "./associations.ts";
import { contrast } from "./contrast.ts";
import { toGlosses } from "./glosses.ts";
import { type Lexicon, toLexicon } from "./lexicon.ts";
import { toShares } from "./shares.ts";
import { toSources } from "./sources.ts";
import { toCoordinates } from "./subspace.ts";
import { addTwins } from "./twins.ts";
import { toBytes } from "./write.ts";

/** 128 figures find no more. */
const SIZE = 64;
const MOST_WORDS = 12_000;
/** A word that is this share of all that is said counts half. */
const HALF_SHARE = 1e-3;
const PLAN = { steps: 1_500, batch: 256, rate: 2e-3, seed: 1 };

export function makeWordTable(sets: readonly DataSet[], leftOut: readonly string[]): Uint8Array<ArrayBuffer> {
  const sources = [...toSources(sets, leftOut), ...toGlosses()];
  const lexicon = toLexicon(sources, MOST_WORDS);
  const vectors = toCoordinates(toAssociations(lexicon), SIZE);
  toTellingLength(vectors, lexicon);
  contrast(vectors, lexicon, PLAN);
  const { words } = lexicon;
  return toBytes(addTwins({ words, size: SIZE, vectors, shares: toShares(sources, words) }));
}

/** Rare words one long, frequent ones shorter: they say less. */
function toTellingLength(vectors: Float32Array, { words, shares }: Lexicon): void {
  words.forEach((_, row) => {
    const own = vectors.subarray(row * SIZE, (row + 1) * SIZE);
    const length = Math.sqrt(own.reduce((sum, one) => sum + one * one, 0)) || 1;
    const factor = HALF_SHARE / (HALF_SHARE + (shares[row] ?? 0)) / length;
    own.forEach((one, at) => {
      own[at] = one * factor;
    });
  });
}
