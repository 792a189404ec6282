// How building and answering grow with the catalogue: the same figures at several sizes. Measured only when asked for (`--only curve`).
import { toBlob } from "../../src/kernel/routing/blob.ts";
import { beginIndex, buildIndex } from "../../src/kernel/routing/build-index.ts";
import type { WordTable } from "../../src/kernel/routing/features/word-table.ts";
import type { RoutingIndex } from "../../src/kernel/routing/index-type.ts";
import { route } from "../../src/kernel/routing/route.ts";
import { percentile } from "../lib/statistics.ts";
import type { DataSet } from "./data.ts";
import { cut, measureCpu, toOther } from "./speed.ts";

const SIZES = [500, 1_000, 2_000, 5_000];
/** Skills share most of their phrases with others: there are not 100,000 different ones, and twins are the hardest to train. */
const STRIDE = 4;
const REQUESTS = 2_000;
const WARM_UP = 300;

export interface CurvePoint {
  readonly skills: number;
  /** Processor time of the index without its calibration. */
  readonly index_ms: number;
  readonly bytes: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
}

export function measureCurve(sets: readonly DataSet[], table: WordTable): CurvePoint[] {
  const all = sets.flatMap((set) => cut(set, STRIDE)).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const queries = sets.flatMap((set) => set.judged.map((row) => row.query));
  const step = Math.ceil(queries.length / REQUESTS);
  const asked = queries.filter((_, at) => at % step === 0);
  const alike = buildIndex(all.slice(0, 20), { table });
  return SIZES.filter((size) => size <= all.length).map((size) => {
    // Spread over all sets, whatever the size.
    const documents = all.filter(
      (_, at) => Math.floor((at * size) / all.length) !== Math.floor(((at + 1) * size) / all.length),
    );
    const earlier = toOther({ ...alike, skills: documents.flatMap(() => alike.skills.slice(0, 1)) });
    const { made, cpuMs } = measureCpu(() => beginIndex(documents, { table, earlier }).index);
    return {
      skills: documents.length,
      index_ms: cpuMs,
      bytes: toBlob(made).length,
      ...measureAnswers(made, asked),
    };
  });
}

function measureAnswers(index: RoutingIndex, asked: readonly string[]): { p50_ms: number; p95_ms: number } {
  for (const query of asked.slice(0, WARM_UP)) route(index, query);
  const times = asked.map((query) => {
    const before = performance.now();
    route(index, query);
    return performance.now() - before;
  });
  const at = (share: number): number => Number(percentile(times, share).toFixed(2));
  return { p50_ms: at(0.5), p95_ms: at(0.95) };
}
