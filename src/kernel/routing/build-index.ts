// From what skills declare to an index. It is run when the registry changes, never on the way of a request.
import type { Calibration } from "./calibration/calibration.ts";
import { fitCalibration } from "./calibration/fit.ts";
import type { RoutingDocument } from "./document.ts";
import type { WordTable } from "./features/word-table.ts";
import { type Entry, toEntries, toLesson } from "./entries.ts";
import { type RoutingIndex, remember, toIndex } from "./index-type.ts";
import { trainWithVectors } from "./model/model.ts";
import { doAtOnce, type Slices } from "./slices.ts";
import { updateIndex } from "./update/update-index.ts";

export interface BuildOptions {
  readonly table?: WordTable | undefined;
  /** The index of the same catalogue before its last change. */
  readonly earlier?: RoutingIndex | undefined;
  /** From how many texts on measuring may come after the answer. */
  readonly manyTexts?: number | undefined;
}

/** An index that answers, and what is left to do for it. */
export interface BegunIndex {
  readonly index: RoutingIndex;
  /** Absent: nothing is left. It answers with the calibration of the catalogue before until that is measured anew. */
  readonly measure?: (() => Slices<RoutingIndex>) | undefined;
}

/** From here on measuring takes longer than who waits for an answer should wait. */
const MANY_TEXTS = 4_000;
/** A catalogue less than half as large was another one. */
const LEAST_ALIKE = 0.5;

export function buildIndex(
  documents: readonly RoutingDocument[],
  options: { readonly table?: WordTable | undefined } = {},
): RoutingIndex {
  return beginIndex(documents, options).index;
}

export function beginIndex(documents: readonly RoutingDocument[], options: BuildOptions): BegunIndex {
  const { table, earlier, manyTexts = MANY_TEXTS } = options;
  const entries = toEntries(documents);
  const isAlike = earlier !== undefined && earlier.skills.length >= LEAST_ALIKE * entries.length;
  if (!isAlike || countTexts(entries) < manyTexts) return { index: doAtOnce(buildWhole(entries, table)) };
  const updated = updateIndex(earlier, entries, table);
  if (updated) return { index: updated, measure: () => buildWhole(entries, table) };
  const { finish, measure } = doAtOnce(trainWhole(entries, table));
  return { index: finish(earlier.calibration), measure };
}

/** How much there is to learn from. */
function countTexts(entries: readonly Entry[]): number {
  return entries.reduce(
    (sum, { skill: { requests, counters, self } }) =>
      sum + requests.length + counters.length + self.descriptions.length + 1,
    0,
  );
}

interface Whole {
  readonly finish: (calibration: Calibration) => RoutingIndex;
  readonly measure: () => Slices<RoutingIndex>;
}

function* buildWhole(entries: readonly Entry[], table: WordTable | undefined): Slices<RoutingIndex> {
  const { measure } = yield* trainWhole(entries, table);
  return yield* measure();
}

function* trainWhole(entries: readonly Entry[], table: WordTable | undefined): Slices<Whole> {
  const skills = entries.map(({ skill }) => skill);
  const lesson = toLesson(entries, table);
  const { model, vectors } = yield* trainWithVectors(lesson);
  const finish = (calibration: Calibration): RoutingIndex => {
    const index = toIndex(skills, model, calibration);
    remember(index, lesson.rows, vectors);
    return index;
  };
  function* measure(): Slices<RoutingIndex> {
    return finish(yield* fitCalibration(lesson));
  }
  return { finish, measure };
}
