// A word's meaning as a point, learnt from public requests when the table was made (scripts/build-word-table.ts): words that are said of
// the same things lie near each other. It knows nothing of a catalogue, and without a table everything works by words alone.
import type { Features } from "./extract.ts";

export interface WordTable {
  /** Figures per word. */
  readonly size: number;
  /** Of its content: an index made with one table cannot be read with another. */
  readonly fingerprint: number;
  /** Open addressing: slot -> key of a word, 0 = empty; and slot -> row. */
  readonly keys: Uint32Array;
  readonly rows: Uint16Array;
  /** Row after row; a row's figures count times its scale. */
  readonly values: Int8Array;
  readonly scales: Float32Array;
  /** Row -> the share of everyday requests that have the word. */
  readonly shares: Float32Array;
}

const HEADER_BYTES = 12;
/** A telling word is one long in the table. One that the table does not have lengthens a text by this: the rest says less of it. */
const UNKNOWN_LENGTH = 0.8;

/** The bytes as scripts/word-table/write.ts lays them out: rows, size, fingerprint, then column after column. */
export function parseWordTable(bytes: ArrayBuffer): WordTable {
  const [rowCount = 0, size = 0, fingerprint = 0] = new Uint32Array(bytes, 0, 3);
  const columnAt = (column: number): number => HEADER_BYTES + column * rowCount * 4;
  const keyOfRow = new Uint32Array(bytes, columnAt(0), rowCount);
  return {
    size,
    fingerprint,
    ...toSlots(keyOfRow),
    scales: new Float32Array(bytes, columnAt(1), rowCount),
    shares: new Float32Array(bytes, columnAt(2), rowCount),
    values: new Int8Array(bytes, columnAt(3), rowCount * size),
  };
}

function toSlots(keyOfRow: Uint32Array): { keys: Uint32Array; rows: Uint16Array } {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, keyOfRow.length * 2)));
  const keys = new Uint32Array(capacity);
  const rows = new Uint16Array(capacity);
  keyOfRow.forEach((key, row) => {
    let slot = key & (capacity - 1);
    while (keys[slot] !== 0) slot = (slot + 1) & (capacity - 1);
    keys[slot] = key;
    rows[slot] = row;
  });
  return { keys, rows };
}

/** The row of a word's key, or -1. */
export function findTableRow(table: WordTable, key: number): number {
  const mask = table.keys.length - 1;
  for (let slot = key & mask; ; slot = (slot + 1) & mask) {
    const found = table.keys[slot];
    if (found === key) return table.rows[slot] ?? -1;
    if (found === 0 || found === undefined) return -1;
  }
}

/** The direction of a text's words, at most one long and the shorter the fewer of them the table has. */
export function toMeaningOf(table: WordTable, { keys, counts, ends }: Features): Float32Array {
  const sum = new Float32Array(table.size);
  let unknown = 0;
  for (let place = 0; place < ends[0]; place++) {
    const row = findTableRow(table, keys[place] ?? 0);
    if (row < 0) unknown += 1;
    else addWord(table, row, { into: sum, times: counts[place] ?? 0 });
  }
  let squares = unknown * UNKNOWN_LENGTH ** 2;
  for (const figure of sum) squares += figure ** 2;
  const length = Math.sqrt(squares);
  if (length > 0) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) / length;
  return sum;
}

function addWord(
  { size, values, scales }: WordTable,
  row: number,
  to: { into: Float32Array; times: number },
): void {
  const factor = (scales[row] ?? 0) * to.times;
  const start = row * size;
  for (let at = 0; at < size; at++) to.into[at] = (to.into[at] ?? 0) + factor * (values[start + at] ?? 0);
}
