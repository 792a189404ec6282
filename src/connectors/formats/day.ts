// Days as spreadsheets and people write them: `18.11.2026`, `18.11.2026 9:30`, `18 ноября 2026`, `November 18, 2026`.
import { MONTHS } from "../../kernel/language/parameters/date-words.ts";

const DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

const DAY_FIRST = /^(?<day>\d{1,2})\s+(?<name>\p{L}+)\.?\s+(?<year>\d{4})(?:\s*г\.?|\s+года)?$/u;
const MONTH_FIRST = /^(?<name>\p{L}+)\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})$/u;

/** `2026-11-18` or `2026-11-18T09:30:00`; null for what is no day that there is. */
export function parseDay(text: string): string | null {
  const match = DAY.exec(toDotted(text.trim()));
  if (!match) return null;
  const [, day = "", month = "", year = "", hours, minutes = "", seconds = ""] = match;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = hours === undefined ? "" : `T${hours.padStart(2, "0")}:${minutes}:${seconds.padStart(2, "0")}`;
  const at = new Date(`${date}T${time.slice(1) || "00:00:00"}Z`);
  // A 30 February would go on as 2 March.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date + time;
}

/** A month's name becomes its number; what names none stays as it is. */
function toDotted(text: string): string {
  const { day, name = "", year } = (DAY_FIRST.exec(text) ?? MONTH_FIRST.exec(text))?.groups ?? {};
  const month = MONTHS.get(name.toLowerCase());
  return month === undefined ? text : `${day}.${month}.${year}`;
}
