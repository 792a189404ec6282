// Calendar days of a time zone, daylight saving included. It reads no clock: every function is told the time.

type ToFormat = (timeZone: string) => Intl.DateTimeFormat;

/** Made once per zone: making one costs far more than using it. */
function oncePerZone(locale: string, form: Intl.DateTimeFormatOptions): ToFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const known = made.get(timeZone);
    if (known) return known;
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...form });
    made.set(timeZone, format);
    return format;
  };
}

const DAY = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
/** en-CA writes YYYY-MM-DD. */
const toDayFormat = oncePerZone("en-CA", DAY);
/** sv-SE writes `2026-11-21 12:15:00,000 GMT+03:00`. */
const toClock = oncePerZone("sv-SE", {
  ...DAY,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  timeZoneName: "longOffset",
});

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function toLocalDay(at: number, timeZone: string): string {
  return toDayFormat(timeZone).format(at);
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

const DAY_MS = 24 * HOUR_MS;

/** The local midnight at which the day of this moment began. */
export function startOfDay(at: number, timeZone: string): number {
  return lastBefore(at, startOfNextDay(at - 2 * DAY_MS, timeZone), (start) =>
    startOfNextDay(start, timeZone),
  );
}

/** The local midnight at which the month of this moment began. */
export function startOfMonth(at: number, timeZone: string): number {
  return lastBefore(at, startOfNextMonth(at - 62 * DAY_MS, timeZone), (start) =>
    startOfNextMonth(start, timeZone),
  );
}

function lastBefore(at: number, first: number, next: (start: number) => number): number {
  let start = first;
  for (let after = next(start); after <= at; after = next(start)) start = after;
  return start;
}

/** `2026-11-21T09:15:00.000Z`: one moment, written the same everywhere. */
export function toIso(at: number): string {
  // Not a clock: the moment is given.
  return new Date(at).toISOString();
}

/** `2026-11-21 12:15`, for a sentence. */
export function toZonedMinute(at: number, timeZone: string): string {
  return toZonedIso(at, timeZone).slice(0, 16).replace("T", " ");
}

/** `2026-11-21T12:15:00.000+03:00`: the moment as the clocks of a zone show it. */
export function toZonedIso(at: number, timeZone: string): string {
  const parts = new Map(
    toClock(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day] = [parts.get("year")?.padStart(4, "0"), parts.get("month"), parts.get("day")];
  const clock = [parts.get("hour"), parts.get("minute"), parts.get("second")].join(":");
  const offset = parts.get("timeZoneName")?.replace(/^GMT/, "").replace("\u2212", "-") || "+00:00";
  return `${year}-${month}-${day}T${clock}.${parts.get("fractionalSecond")}${offset}`;
}
