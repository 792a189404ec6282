// Calendar days of a time zone, daylight saving included. It reads no clock: every function is told the time.

const formatters = new Map<string, Intl.DateTimeFormat>();

function toFormatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  // en-CA writes YYYY-MM-DD.
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formatters.set(timeZone, made);
  return made;
}

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function toLocalDay(at: number, timeZone: string): string {
  return toFormatter(timeZone).format(at);
}

const HOUR_MS = 3_600_000;

/** The first moment of the next local day. Days of 23 and 25 hours are why this searches instead of adding. */
export function startOfNextDay(at: number, timeZone: string): number {
  const today = toLocalDay(at, timeZone);
  let low = at;
  let high = at + HOUR_MS;
  while (toLocalDay(high, timeZone) === today) {
    low = high;
    high += HOUR_MS;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (toLocalDay(middle, timeZone) === today) low = middle;
    else high = middle;
  }
  return high;
}

/** The first moment of the next local month. */
export function startOfNextMonth(at: number, timeZone: string): number {
  const month = toLocalDay(at, timeZone).slice(0, 7);
  let next = startOfNextDay(at, timeZone);
  while (toLocalDay(next, timeZone).startsWith(month)) next = startOfNextDay(next, timeZone);
  return next;
}

/** `2026-11-21T09:15:00.000Z`: one moment, written the same everywhere. */
export function toIso(at: number): string {
  // Not a clock: the moment is given.
  return new Date(at).toISOString();
}
