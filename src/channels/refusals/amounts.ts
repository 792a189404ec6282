// Costs, sizes and times as refusals tell them. Costs and limits are US dollars in both languages.
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { DriftRows } from "../../kernel/domain/drift.ts";
import type { MicroUsd } from "../../kernel/domain/money.ts";
import { MICRO_USD_PER_USD } from "../../kernel/domain/money.ts";
import { toLocalDay } from "../../kernel/domain/zone.ts";
import { DateValue } from "../../kernel/language/expression-values.ts";
import { formatValue } from "../../kernel/language/format.ts";
import { toExactText } from "../dollars.ts";

/** Below this a cost is told to the micro-dollar, above it to the hundredth of a cent. */
const SMALL_MICRO_USD = 100;
const FINE_MICRO_USD = 100;

/** `up` for what something may cost, `down` for what is left: a rounded figure never promises too much. */
export function toDollars(micro: MicroUsd, rounding: "up" | "down"): string {
  const round = rounding === "up" ? Math.ceil : Math.floor;
  const exact = Math.abs(micro) < SMALL_MICRO_USD ? micro : round(micro / FINE_MICRO_USD) * FINE_MICRO_USD;
  return toExactText(exact / MICRO_USD_PER_USD);
}

export function formatUsd(micro: MicroUsd, rounding: "up" | "down" = "up"): string {
  return `${micro < 0 ? "-" : ""}$${toDollars(Math.abs(micro), rounding)}`;
}

/** Zones that people know by a city. */
const ZONE_NAMES: Readonly<Record<string, BothLanguages>> = {
  "Europe/Moscow": { en: "Moscow time", ru: "по Москве" },
  UTC: { en: "UTC", ru: "UTC" },
};

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** "00:00 Moscow time". Without a zone it is told by the offset: a budget always starts again at a local midnight. */
export function formatReset(at: number, timeZone: string | undefined): BothLanguages {
  if (timeZone !== undefined) {
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
    }).format(at);
    const name = ZONE_NAMES[timeZone] ?? { en: timeZone, ru: timeZone };
    return { en: `${clock} ${name.en}`, ru: `${clock} ${name.ru}` };
  }
  const minutes = Math.round(at / MINUTE_MS) % DAY_MINUTES;
  // 21:00 UTC is midnight three hours east; offsets end at UTC+14.
  const east = (DAY_MINUTES - minutes) % DAY_MINUTES;
  const offset = east <= 14 * 60 ? east : east - DAY_MINUTES;
  const text = `00:00 ${toOffset(offset)}`;
  return { en: text, ru: text };
}

function toOffset(minutes: number): string {
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "-" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** "6 s", "2 min": rounded up, so that nobody comes back too early. */
export function formatWait(ms: number): BothLanguages {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return { en: `${seconds} s`, ru: `${seconds} с` };
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return { en: `${minutes} min`, ru: `${minutes} мин` };
  const hours = Math.ceil(minutes / 60);
  return { en: `${hours} h`, ru: `${hours} ч` };
}

export function formatBytes(bytes: number): BothLanguages {
  if (bytes < 1024) return { en: `${bytes} bytes`, ru: `${bytes} байт` };
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return { en: `${toTenth(kilobytes, ".")} KB`, ru: `${toTenth(kilobytes, ",")} КБ` };
  return { en: `${toTenth(kilobytes / 1024, ".")} MB`, ru: `${toTenth(kilobytes / 1024, ",")} МБ` };
}

function toTenth(value: number, point: string): string {
  return (Math.round(value * 10) / 10).toString().replace(".", point);
}

/** "20 Nov" of the tenant's calendar. */
export function formatDay(at: number, timeZone = "UTC"): BothLanguages {
  const day = toLocalDay(at, timeZone);
  const told = (locale: "en" | "ru"): string =>
    formatValue(new DateValue(day), locale, { year: Number(day.slice(0, 4)), isSentence: true });
  return { en: told("en"), ru: told("ru") };
}

export function toRowCounts({ counts }: DriftRows): BothLanguages {
  const { added, gone, changed } = counts;
  // Only what no row shows differs: the text of a request, say.
  if (added + gone + changed === 0) return { en: "", ru: "" };
  return {
    en: ` Rows added: ${added}, gone: ${gone}, changed: ${changed}.`,
    ru: ` Строк прибавилось: ${added}, пропало: ${gone}, изменилось: ${changed}.`,
  };
}
