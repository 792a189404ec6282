// Cron expressions by croner: it carries no timer here, only its arithmetic. Fixed times that fall into the hour that
// spring leaves out run when that hour is over; in the hour that autumn repeats they run once.
import { Cron as Croner } from "croner";
import type { Cron } from "../kernel/ports/cron.ts";

/** Five fields, as cron has them: seconds would let a tenant ask for more than the minute tick can give. */
function open(expression: string, timeZone: string): Croner {
  return new Croner(expression, { timezone: timeZone, paused: true, mode: "5-part" });
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The date, the time, and maybe an offset; a date that does not exist (30 February) is no moment. */
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?$/i;

export const cron: Cron = {
  findMistake(expression, timeZone) {
    try {
      open(expression, timeZone);
      return null;
    } catch (error) {
      return error instanceof Error
        ? error.message.replace(/^CronPattern: /, "")
        : "it is no cron expression";
    }
  },
  next: (expression, timeZone, after) =>
    open(expression, timeZone).nextRun(new Date(after))?.getTime() ?? null,
  // One millisecond later, because the library looks strictly before its reference.
  last: (expression, timeZone, at) =>
    open(expression, timeZone)
      .previousRuns(1, new Date(at + 1))[0]
      ?.getTime() ?? null,
  isZone,
  parseMoment(text, timeZone) {
    const [, day, time, offset] = ISO.exec(text.trim()) ?? [];
    if (day === undefined || time === undefined || !isDay(day)) return null;
    if (offset !== undefined) return toMoment(`${day}T${time}${offset}`);
    const local = `${day}T${time.slice(0, 8).padEnd(8, ":00")}`;
    return isZone(timeZone) && toMoment(`${local}Z`) !== null
      ? (new Croner(local, { timezone: timeZone, paused: true }).nextRun(new Date(0))?.getTime() ?? null)
      : null;
  },
};

function isDay(day: string): boolean {
  const at = toMoment(`${day}T00:00:00Z`);
  // Not a clock: the day is given. `Date` turns 30 February into 2 March.
  return at !== null && new Date(at).toISOString().startsWith(day);
}

function toMoment(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
