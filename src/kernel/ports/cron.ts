// The calendar that schedules are written in. It is told the time.
/** Cron expressions in a time zone, daylight saving included: a fixed time runs once on every day. */
export interface Cron {
  /** What is wrong with it; null: nothing. */
  findMistake(expression: string, timeZone: string): string | null;
  /** The first slot after `after`; null: never again. */
  next(expression: string, timeZone: string, after: number): number | null;
  /** The last slot before or at `at`; null: there was none. */
  last(expression: string, timeZone: string, at: number): number | null;
  isZone(timeZone: string): boolean;
  /** A moment written as ISO-8601; without an offset it is local time of the zone. Null: not a moment. */
  parseMoment(text: string, timeZone: string): number | null;
}
