// A table as bytes: rows, size, fingerprint, then the columns of parseWordTable. A row's figures are whole numbers times the row's scale.
import { toWordKey } from "../../src/kernel/routing/features/extract.ts";
import { toHash, toKey } from "../../src/kernel/routing/features/hash.ts";

const LARGEST = 127;
const HEADER_BYTES = 12;

export interface Table {
  readonly words: readonly string[];
  readonly size: number;
  readonly vectors: Float32Array;
  readonly shares: Float32Array;
}

export function toBytes({ words, size, vectors, shares }: Table): Uint8Array<ArrayBuffer> {
  const keys = Uint32Array.from(words, toWordKey);
  const scales = Float32Array.from(words, (_, row) => {
    const largest = vectors
      .subarray(row * size, (row + 1) * size)
      .reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    return largest / LARGEST || 1;
  });
  const values = Int8Array.from(vectors, (value, at) =>
    Math.round(value / (scales[Math.floor(at / size)] ?? 1)),
  );
  const columns = [keys, scales, shares, values].map((column) => Buffer.from(column.buffer));
  const body = Buffer.concat(columns);
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  bytes.set(body, HEADER_BYTES);
  new Uint32Array(bytes.buffer, 0, 3).set([
    words.length,
    size,
    toKey(toHash(words.length, body.toString("latin1"))),
  ]);
  return bytes;
}
