// How fast the router is in a catalogue of 1,000 skills with 20 examples each, cut from the examples of large sets.
import { readFileSync } from "node:fs";
import { fromBlob, toBlob } from "../../src/kernel/routing/blob.ts";
import { beginIndex, buildIndex } from "../../src/kernel/routing/build-index.ts";
import type { RoutingDocument } from "../../src/kernel/routing/document.ts";
import type { RoutingIndex } from "../../src/kernel/routing/index-type.ts";
import { parseWordTable, type WordTable } from "../../src/kernel/routing/features/word-table.ts";
import { route } from "../../src/kernel/routing/route.ts";
import { doAtOnce } from "../../src/kernel/routing/slices.ts";
import { median, percentile } from "../lib/statistics.ts";
import { WORD_TABLE_FILE } from "../lib/word-table.ts";
import type { DataSet } from "./data.ts";
import { toDocument } from "./documents.ts";
import { countHeldBytes } from "./memory.ts";

const SKILLS = 1_000;
const EXAMPLES = 20;
const WARM_UP = 500;

export interface Speed {
  readonly table: { readonly parse_ms: number; readonly resident_bytes: number };
  readonly latency_ms: { readonly p50: number; readonly p95: number };
  readonly index: {
    /** Processor time of a whole build, of the index alone when one skill has changed, and of the calibration that follows. */
    readonly build_ms: number;
    readonly rebuild_ms: number;
    /** Elapsed, of one skill of all, by what makes it stand in until the whole is trained: the middle of several. */
    readonly update_ms: number;
    readonly calibration_ms: number;
    readonly bytes: number;
    /** Of an index that was loaded, and once every skill was asked for. */
    readonly resident_bytes: number;
    readonly resident_asked_bytes: number;
    readonly load_ms: number;
    readonly skills: number;
  };
}

export function measureSpeed(sets: readonly DataSet[], table: WordTable): Speed | Record<string, never> {
  const documents = sets.flatMap((set) => cut(set)).slice(0, SKILLS);
  const queries = sets.flatMap((set) => set.judged.map((row) => row.query));
  if (documents.length === 0) return {};
  const full = measureCpu(() => buildIndex(documents, { table }));
  const again = measureCpu(() => beginIndex(documents, { table, earlier: toOther(full.made) }));
  const calibration = measureCpu(() => again.made.measure && doAtOnce(again.made.measure()));
  const blob = toBlob(full.made);
  const loading = performance.now();
  const index = fromBlob(blob, table);
  const load_ms = Math.round(performance.now() - loading);
  if (!index) return {};
  const tableBytes = countHeldBytes(table);
  const resident_bytes = countHeldBytes(index) - tableBytes;
  const resident_asked_bytes = countHeldBytes(askAll(index, documents)) - tableBytes;
  for (const query of queries.slice(0, WARM_UP)) route(index, query);
  const times = queries.map((query) => {
    const before = performance.now();
    route(index, query);
    return performance.now() - before;
  });
  const at = (share: number) => Number(percentile(times, share).toFixed(3));
  return {
    table: measureTable(),
    latency_ms: { p50: at(0.5), p95: at(0.95) },
    index: {
      build_ms: full.cpuMs,
      rebuild_ms: again.cpuMs,
      update_ms: measureUpdate(documents, full.made, table),
      calibration_ms: calibration.cpuMs,
      bytes: blob.length,
      resident_bytes,
      resident_asked_bytes,
      load_ms,
      skills: documents.length,
    },
  };
}

/** An index that differs so much that nothing can be taken over but its calibration. */
export function toOther(index: RoutingIndex): RoutingIndex {
  return { ...index, skills: index.skills.map((skill) => ({ ...skill, requests: [] })) };
}

const UPDATES = 15;

/** One skill after another says something else by half, as when they are saved one by one. */
function measureUpdate(documents: readonly RoutingDocument[], built: RoutingIndex, table: WordTable): number {
  let earlier = built;
  const times = Array.from({ length: UPDATES }, (_, at) => {
    const changed = Math.floor(((at + 0.5) * documents.length) / UPDATES);
    const now = documents.map((one, number) => (number === changed ? toReworded(one) : one));
    const before = performance.now();
    earlier = beginIndex(now, { table, earlier }).index;
    return Math.round(performance.now() - before);
  });
  return median(times);
}

function toReworded(document: RoutingDocument): RoutingDocument {
  const reword = (texts: readonly string[]): string[] =>
    texts.map((text, at) => (at % 2 === 0 ? text : `${text} ${document.id.slice(-9)} ${at}`));
  return { ...document, phrases: { ru: reword(document.phrases.ru), en: reword(document.phrases.en) } };
}

function askAll(index: RoutingIndex, documents: readonly RoutingDocument[]): RoutingIndex {
  for (const { phrases } of documents) route(index, phrases.en[0] ?? phrases.ru[0] ?? "");
  return index;
}

/** An isolate parses the table for its first index. */
function measureTable(): Speed["table"] {
  const bytes = new Uint8Array(readFileSync(WORD_TABLE_FILE));
  const start = performance.now();
  const table = parseWordTable(bytes.buffer);
  const parse_ms = Number((performance.now() - start).toFixed(1));
  return { parse_ms, resident_bytes: countHeldBytes(table) };
}

export function measureCpu<Made>(make: () => Made): { made: Made; cpuMs: number } {
  const start = process.cpuUsage();
  const made = make();
  const { user, system } = process.cpuUsage(start);
  return { made, cpuMs: Math.round((user + system) / 1_000) };
}

/** `stride`: how many phrases further the next skill begins; less than it has, and skills share phrases. */
export function cut(set: DataSet, stride = EXAMPLES) {
  return set.skills.flatMap((skill) => {
    const rows = set.train.filter((row) => row.skill === skill.id);
    const parts = Math.max(0, Math.floor((rows.length - EXAMPLES) / stride) + 1);
    return Array.from({ length: parts }, (_, part) =>
      toDocument(
        { ...skill, id: `${set.name}_${skill.id}_${part}` },
        rows.slice(part * stride, part * stride + EXAMPLES),
      ),
    );
  });
}
