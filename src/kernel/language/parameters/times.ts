// All dates and periods of a sentence, with what leads to them ("до", "since", "older than").
import type { Calendar } from "./time-rule.ts";
import type { FoundTime } from "./found.ts";
import { wordAt } from "./sentence.ts";
import { parseRange, parseSimple } from "./time-ranges.ts";
import { findSide } from "./time-sides.ts";

function parseTime(calendar: Calendar, at: number): FoundTime | undefined {
  const range = parseRange(calendar, at);
  const simple = parseSimple(calendar, at);
  const match = range && (simple === undefined || range.end > simple.end) ? range : simple;
  if (match === undefined) return undefined;
  const halves = match === range ? range.halves : undefined;
  const side = findSide(calendar.sentence, { start: at, end: match.end });
  return {
    kind: "time",
    span: { start: at, end: side.end },
    leadStart: side.leadStart,
    // A range has both ends; the "с" before it is its own.
    role: halves ? undefined : side.role,
    from: side.isExcluded ? Number.NaN : match.from,
    to: side.isExcluded ? Number.NaN : match.to,
    isRange: match.isRange,
    isAbsolute: match.isAbsolute,
    isImpossible: match.isAbsolute && Number.isNaN(match.from),
    isDeadline: isDeadline(calendar, side.leadStart),
    halves,
  };
}

/** Two words before it one that says by when or when it is delivered. */
function isDeadline({ sentence }: Calendar, start: number): boolean {
  return [1, 2].some((step) =>
    /^(?:закрыва|заканчива|истека|срок|подач|прием|заяв|поставк|исполнен|closing|closes|ending|due|deadline|submission|deliver)/.test(
      wordAt(sentence, start - step),
    ),
  );
}

export function findTimes(calendar: Calendar, isFree: (index: number) => boolean): FoundTime[] {
  const found: FoundTime[] = [];
  for (let at = 0; at < calendar.sentence.tokens.length; at += 1) {
    const time = isFree(at) ? parseTime(calendar, at) : undefined;
    if (time === undefined) continue;
    found.push(time);
    at = Math.max(at, time.span.end - 1);
  }
  return found;
}
