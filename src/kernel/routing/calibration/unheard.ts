// A skill nobody has given an example of loses to those with many, whatever is asked. How much it is lifted is found by hiding the
// examples of some skills and looking when both kinds are found best.
import { answer } from "../answer.ts";
import type { Lesson, Row } from "../model/model.ts";
import type { Slices } from "../slices.ts";
import { toDesk, toOpenOffsets } from "./desk.ts";

const LIFTS = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6];
/** Of ten skills with examples, this many play a skill without: half, so that neither kind is measured by chance. */
const HIDDEN_OF_TEN = 5;
/** Of a skill's examples every n-th is held out. */
const HELD_OUT = 4;
const MOST_ASKED = 600;

export function* fitUnheardLift(lesson: Lesson): Slices<number> {
  const { rows, selves } = lesson;
  const heard = new Set(
    rows.filter((row) => row.isRequest && row.skill < selves.length).map((row) => row.skill),
  );
  if (heard.size === 0 || heard.size === selves.length) return 0;
  const hidden = new Set([...heard].filter((_, at) => (at * 7) % 10 < HIDDEN_OF_TEN));
  const isHeld = (row: Row, at: number) =>
    row.isRequest && (hidden.has(row.skill) || (heard.has(row.skill) && at % HELD_OUT === 0));
  const desk = yield* toDesk({ ...lesson, rows: rows.filter((row, at) => !isHeld(row, at)) });
  const asked = rows.filter(isHeld);
  const sample = asked.filter((_, at) => at % Math.ceil(asked.length / MOST_ASKED) === 0);
  let best = { lift: 0, found: -1 };
  for (const lift of LIFTS) {
    const offsets = toOpenOffsets(desk).map((offset, skill) =>
      heard.has(skill) && !hidden.has(skill) ? offset : offset + lift,
    );
    const isFound = (row: Row) => answer(desk, row, offsets).ranking.order[0] === row.skill;
    const found =
      toShare(
        sample.filter((row) => hidden.has(row.skill)),
        isFound,
      ) +
      toShare(
        sample.filter((row) => !hidden.has(row.skill)),
        isFound,
      );
    if (found > best.found) best = { lift, found };
  }
  return best.lift;
}

function toShare(rows: readonly Row[], isFound: (row: Row) => boolean): number {
  return rows.filter(isFound).length / Math.max(1, rows.length);
}
