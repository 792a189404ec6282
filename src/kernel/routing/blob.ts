// An index as bytes and back: what isolates load instead of building. A blob of another version is refused, so the caller builds anew.
import type { Calibration } from "./calibration/calibration.ts";
import { toVocabulary } from "./features/vocabulary.ts";
import { type IndexedSkill, type RoutingIndex, toIndex } from "./index-type.ts";

/** Raised whenever the same words would give other features or weights. */
const BLOB_VERSION = 1;
const HEADER_BYTES = 8;
const ALIGNMENT = 4;

interface Head {
  readonly version: number;
  readonly skills: readonly IndexedSkill[];
  readonly calibration: Calibration;
  readonly documents: number;
  readonly scale: number;
  readonly rows: number;
  readonly entries: number;
}

export function toBlob(index: RoutingIndex): Uint8Array {
  const { vocabulary, weights } = index.model;
  const head: Head = {
    version: BLOB_VERSION,
    skills: index.skills,
    calibration: index.calibration,
    documents: vocabulary.documents,
    scale: weights.scale,
    rows: vocabulary.keyOfRow.length,
    entries: weights.values.length,
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const parts = [vocabulary.keyOfRow, vocabulary.frequencies, weights.starts, weights.values, weights.skills];
  const start = HEADER_BYTES + align(json.length);
  const blob = new Uint8Array(parts.reduce((sum, part) => sum + align(part.byteLength), start));
  new DataView(blob.buffer).setUint32(0, json.length, true);
  blob.set(json, HEADER_BYTES);
  let at = start;
  for (const part of parts) {
    blob.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += align(part.byteLength);
  }
  return blob;
}

/** Null: not a blob of this version. */
export function fromBlob(blob: Uint8Array): RoutingIndex | null {
  const bytes = blob.slice();
  if (bytes.length < HEADER_BYTES) return null;
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const head = parseHead(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length));
  if (!head) return null;
  let at = HEADER_BYTES + align(length);
  const take = (size: number): number => {
    const start = at;
    at += align(size);
    return start;
  };
  const keyOfRow = new Uint32Array(bytes.buffer, take(head.rows * 4), head.rows);
  const frequencies = new Uint32Array(bytes.buffer, take(head.rows * 4), head.rows);
  const starts = new Uint32Array(bytes.buffer, take((head.rows + 1) * 4), head.rows + 1);
  const values = new Int16Array(bytes.buffer, take(head.entries * 2), head.entries);
  const skills = new Uint16Array(bytes.buffer, take(head.entries * 2), head.entries);
  const vocabulary = toVocabulary(keyOfRow, frequencies, head.documents);
  return toIndex(
    head.skills,
    { vocabulary, weights: { starts, skills, values, scale: head.scale } },
    head.calibration,
  );
}

function parseHead(bytes: Uint8Array): Head | null {
  try {
    const head: Head = JSON.parse(new TextDecoder().decode(bytes));
    return head.version === BLOB_VERSION ? head : null;
  } catch {
    return null;
  }
}

function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
