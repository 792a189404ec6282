// How fast the router is in a catalogue of 1,000 skills with 20 examples each, cut from the examples of large sets.
import { fromBlob, toBlob } from "../../src/kernel/routing/blob.ts";
import { beginIndex, buildIndex } from "../../src/kernel/routing/build-index.ts";
import type { WordTable } from "../../src/kernel/routing/features/word-table.ts";
import { route } from "../../src/kernel/routing/route.ts";
import { percentile } from "../lib/statistics.ts";
import type { DataSet } from "./data.ts";
import { toDocument } from "./documents.ts";

const SKILLS = 1_000;
const EXAMPLES = 20;
const WARM_UP = 500;

export interface Speed {
  readonly latency_ms: { readonly p50: number; readonly p95: number };
  readonly index: {
    /** Processor time of a whole build, of the index alone when one skill has changed, and of the calibration that follows. */
    readonly build_ms: number;
    readonly rebuild_ms: number;
    readonly calibration_ms: number;
    readonly bytes: number;
    readonly load_ms: number;
    readonly skills: number;
  };
}

export function measureSpeed(sets: readonly DataSet[], table: WordTable): Speed | Record<string, never> {
  const documents = sets.flatMap((set) => cut(set)).slice(0, SKILLS);
  const queries = sets.flatMap((set) => set.judged.map((row) => row.query));
  if (documents.length === 0) return {};
  const full = measureCpu(() => buildIndex(documents, { table }));
  const again = measureCpu(() => beginIndex(documents, { table, earlier: full.made }));
  const calibration = measureCpu(() => again.made.measure?.());
  const blob = toBlob(full.made);
  const loading = performance.now();
  const index = fromBlob(blob, table);
  const load_ms = Math.round(performance.now() - loading);
  if (!index) return {};
  for (const query of queries.slice(0, WARM_UP)) route(index, query);
  const times = queries.map((query) => {
    const before = performance.now();
    route(index, query);
    return performance.now() - before;
  });
  const at = (share: number) => Number(percentile(times, share).toFixed(3));
  return {
    latency_ms: { p50: at(0.5), p95: at(0.95) },
    index: {
      build_ms: full.cpuMs,
      rebuild_ms: again.cpuMs,
      calibration_ms: calibration.cpuMs,
      bytes: blob.length,
      load_ms,
      skills: documents.length,
    },
  };
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
