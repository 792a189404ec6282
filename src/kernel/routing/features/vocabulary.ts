// Which features the catalogue knows and how much each tells (inverse document frequency). Never which skill a feature speaks for.
import { backgroundShare } from "./background.ts";
import type { Features } from "./extract.ts";
import { KeyCounts } from "./key-counts.ts";
import { findTableRow, type WordTable } from "./word-table.ts";

export interface Vocabulary {
  /** Open addressing: slot -> feature key, 0 = empty; and slot -> row. */
  readonly keys: Uint32Array;
  readonly rows: Int32Array;
  /** Row -> feature key, in the order rows were given. */
  readonly keyOfRow: Uint32Array;
  /** Row -> in how many examples it occurs. */
  readonly frequencies: Uint32Array;
  readonly idf: Float32Array;
  /** What a feature that no example has would weigh. */
  readonly unknownIdf: number;
  readonly documents: number;
  readonly table: WordTable | undefined;
  /** What the meaning of a text weighs beside the groups of its features; 0 without a table. */
  readonly meaningWeight: number;
  /** What pairs of words weigh beside the words. */
  readonly pairWeight: number;
}

type Counted = Omit<Vocabulary, "keys" | "rows" | "idf" | "unknownIdf">;
/** What is decided before anything is counted. */
type Plan = Pick<Vocabulary, "table" | "meaningWeight" | "pairWeight">;

/** Besides the vocabulary the row of every feature: who has just counted them need not look them up. */
export function buildVocabulary(
  documents: readonly Features[],
  plan: Plan,
): {
  vocabulary: Vocabulary;
  rowsOf: Int32Array[];
} {
  const counts = new KeyCounts();
  const all = new Int32Array(documents.reduce((sum, { keys }) => sum + keys.length, 0));
  let end = 0;
  const rowsOf = documents.map(({ keys }) => {
    const rows = all.subarray(end, (end += keys.length));
    for (let at = 0; at < keys.length; at++) rows[at] = counts.add(keys[at] ?? 0);
    return rows;
  });
  const vocabulary = toVocabulary({
    keyOfRow: counts.keys.slice(),
    frequencies: counts.counts.slice(),
    documents: documents.length,
    ...plan,
  });
  return { vocabulary, rowsOf };
}

export function toVocabulary(counted: Counted): Vocabulary {
  const { keyOfRow, frequencies, documents, table } = counted;
  const slots = toEmptySlots(keyOfRow.length);
  fillSlots(slots, keyOfRow, 0);
  const idf = new Float32Array(keyOfRow.length);
  for (let row = 0; row < keyOfRow.length; row++)
    idf[row] = toIdf(frequencies[row] ?? 0, documents, toShare(keyOfRow[row] ?? 0, table));
  return { ...counted, ...slots, idf, unknownIdf: toIdf(0, documents, 0) };
}

type Slots = Pick<Vocabulary, "keys" | "rows">;

/** At most half full. */
function toEmptySlots(size: number): Slots {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, size * 2)));
  return { keys: new Uint32Array(capacity), rows: new Int32Array(capacity) };
}

function fillSlots({ keys, rows }: Slots, keyOfRow: Uint32Array, first: number): void {
  const mask = keys.length - 1;
  for (let row = first; row < keyOfRow.length; row++) {
    const key = keyOfRow[row] ?? 0;
    let slot = key & mask;
    while (keys[slot] !== 0) slot = (slot + 1) & mask;
    keys[slot] = key;
    rows[slot] = row;
  }
}

/** With the features of more texts behind those it has: what it knew has its row, and weighs what it weighed. */
export function growVocabulary(vocabulary: Vocabulary, texts: readonly Features[]): Vocabulary {
  const counts = new KeyCounts();
  for (const { keys } of texts) for (const key of keys) if (findRow(vocabulary, key) < 0) counts.add(key);
  const known = vocabulary.keyOfRow.length;
  const size = known + counts.keys.length;
  const keyOfRow = new Uint32Array(size);
  keyOfRow.set(vocabulary.keyOfRow);
  keyOfRow.set(counts.keys, known);
  const frequencies = new Uint32Array(size);
  frequencies.set(vocabulary.frequencies);
  frequencies.set(counts.counts, known);
  const idf = new Float32Array(size);
  idf.set(vocabulary.idf);
  const { documents, table } = vocabulary;
  for (let row = known; row < size; row++)
    idf[row] = toIdf(frequencies[row] ?? 0, documents, toShare(keyOfRow[row] ?? 0, table));
  const fits = 2 * size <= vocabulary.keys.length;
  const slots = fits ? { keys: vocabulary.keys.slice(), rows: vocabulary.rows.slice() } : toEmptySlots(size);
  fillSlots(slots, keyOfRow, fits ? known : 0);
  return { ...vocabulary, ...slots, keyOfRow, frequencies, idf };
}

/** The list of everyday words knows both languages; the table has counted them, and thousands more. */
function toShare(key: number, table: WordTable | undefined): number {
  const row = table ? findTableRow(table, key) : -1;
  return Math.max(backgroundShare(key), table?.shares[row] ?? 0);
}

/** The catalogue and as many imagined requests of everyday language: in sixteen skills `please` must not look rare. */
export function toIdf(frequency: number, documents: number, share: number): number {
  return Math.log((2 * documents + 1) / (frequency + documents * share + 0.5)) + 0.3;
}

export function findRows(vocabulary: Vocabulary, { keys }: Features): Int32Array {
  const rows = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) rows[at] = findRow(vocabulary, keys[at] ?? 0);
  return rows;
}

/** The row of a feature, or -1. */
export function findRow(vocabulary: Vocabulary, key: number): number {
  const mask = vocabulary.keys.length - 1;
  let slot = key & mask;
  while (true) {
    const found = vocabulary.keys[slot];
    if (found === key) return vocabulary.rows[slot] ?? -1;
    if (found === 0 || found === undefined) return -1;
    slot = (slot + 1) & mask;
  }
}
