// An index as bytes and back: what isolates load instead of building. A blob of another version is refused, so the caller builds anew.
import type { Calibration } from "./calibration/calibration.ts";
import { toVocabulary } from "./features/vocabulary.ts";
import { type IndexedSkill, type RoutingIndex, toIndex } from "./index-type.ts";
import type { WordTable } from "./features/word-table.ts";
import type { Weights } from "./model/weights.ts";

/** Raised whenever the same words would give other features or weights. */
const BLOB_VERSION = 9;
const HEADER_BYTES = 8;
const ALIGNMENT = 4;

interface Head {
  readonly version: number;
  readonly skills: readonly IndexedSkill[];
  readonly calibration: Calibration;
  readonly documents: number;
  readonly pairWeight: number;
  readonly descriptionShare: number;
  readonly neighbourShare: number;
  readonly rows: number;
  readonly weights: WeightsHead;
  readonly descriptions: WeightsHead;
  readonly meaning: {
    readonly size: number;
    readonly scale: number;
    readonly entries: number;
    readonly weight: number;
  };
  /** Of the word table it was made with; 0 without. */
  readonly table: number;
}

interface WeightsHead {
  readonly scale: number;
  readonly entries: number;
}

export function toBlob(index: RoutingIndex): Uint8Array {
  const { vocabulary, weights, meaning, descriptions, descriptionShare, neighbourShare } = index.model;
  const head: Head = {
    version: BLOB_VERSION,
    skills: index.skills,
    calibration: index.calibration,
    documents: vocabulary.documents,
    pairWeight: vocabulary.pairWeight,
    descriptionShare,
    neighbourShare,
    rows: vocabulary.keyOfRow.length,
    weights: { scale: weights.scale, entries: weights.values.length },
    descriptions: { scale: descriptions.scale, entries: descriptions.values.length },
    meaning: {
      size: meaning.size,
      scale: meaning.scale,
      entries: meaning.values.length,
      weight: vocabulary.meaningWeight,
    },
    table: vocabulary.table?.fingerprint ?? 0,
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const parts = [
    vocabulary.keyOfRow,
    vocabulary.frequencies,
    ...[weights, descriptions].flatMap((one) => [one.starts, one.values, one.skills]),
    meaning.values,
  ];
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

/** Null: not a blob of this version, or of another word table. */
export function fromBlob(blob: Uint8Array, table?: WordTable): RoutingIndex | null {
  const bytes = blob.slice();
  if (bytes.length < HEADER_BYTES) return null;
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const head = parseHead(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length));
  if (!head || head.table !== (table?.fingerprint ?? 0)) return null;
  let at = HEADER_BYTES + align(length);
  const take = (size: number): number => {
    const start = at;
    at += align(size);
    return start;
  };
  const keyOfRow = new Uint32Array(bytes.buffer, take(head.rows * 4), head.rows);
  const frequencies = new Uint32Array(bytes.buffer, take(head.rows * 4), head.rows);
  const takeWeights = ({ scale, entries }: WeightsHead): Weights => ({
    starts: new Uint32Array(bytes.buffer, take((head.rows + 1) * 4), head.rows + 1),
    values: new Int16Array(bytes.buffer, take(entries * 2), entries),
    skills: new Uint16Array(bytes.buffer, take(entries * 2), entries),
    scale,
  });
  const vocabulary = toVocabulary({
    keyOfRow,
    frequencies,
    documents: head.documents,
    pairWeight: head.pairWeight,
    table,
    meaningWeight: head.meaning.weight,
  });
  const weights = takeWeights(head.weights);
  const descriptions = takeWeights(head.descriptions);
  const { size, scale, entries } = head.meaning;
  const meaning = { size, scale, values: new Int16Array(bytes.buffer, take(entries * 2), entries) };
  return toIndex(
    head.skills,
    {
      vocabulary,
      weights,
      meaning,
      descriptions,
      descriptionShare: head.descriptionShare,
      neighbourShare: head.neighbourShare,
    },
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
