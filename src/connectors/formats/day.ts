// Days as Russian spreadsheets write them: `18.11.2026`, `18.11.2026 9:30`.

const DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** `2026-11-18` or `2026-11-18T09:30:00`; null for what is no day that there is. */
export function parseDay(text: string): string | null {
  const match = DAY.exec(text.trim());
  if (!match) return null;
  const [, day = "", month = "", year = "", hours, minutes = "", seconds = ""] = match;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = hours === undefined ? "" : `T${hours.padStart(2, "0")}:${minutes}:${seconds.padStart(2, "0")}`;
  const at = new Date(`${date}T${time.slice(1) || "00:00:00"}Z`);
  // A 30 February would go on as 2 March.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date + time;
}
