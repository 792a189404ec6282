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

const clocks = new Map<string, Intl.DateTimeFormat>();

function toClock(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  // sv-SE writes `2026-11-21 12:15:00,000 GMT+03:00`.
  const made = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "longOffset",
  });
  clocks.set(timeZone, made);
  return made;
}

/** `2026-11-21T12:15:00.000+03:00`: the moment as the clocks of a zone show it. */
export function toZonedIso(at: number, timeZone: string): string {
  const parts = new Map(
    toClock(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day] = [parts.get("year"), parts.get("month"), parts.get("day")];
  const clock = [parts.get("hour"), parts.get("minute"), parts.get("second")].join(":");
  const offset = parts.get("timeZoneName")?.replace(/^GMT/, "").replace("\u2212", "-") || "+00:00";
  return `${year}-${month}-${day}T${clock}.${parts.get("fractionalSecond")}${offset}`;
}
