// Calendar arithmetic on ISO text, in UTC. It reads no clock and needs no platform date object.

import { toCivil, toDay } from "../domain/civil.ts";

const DAY_MS = 86_400_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const RUSSIAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** ISO text from what people and services write: ISO, ISO with a space, 31.12.2026. Null when it is no date. */
export function toIsoDate(text: string): string | null {
  const trimmed = text.trim();
  const russian = RUSSIAN.exec(trimmed);
  const iso =
    russian === null
      ? trimmed.replace(" ", "T")
      : `${russian[3]}-${pad(Number(russian[2]))}-${pad(Number(russian[1]))}`;
  return toInstantMs(iso) === null ? null : iso;
}

/** UTC milliseconds of ISO text; a bare date is its midnight UTC. Null when the text or the day does not exist. */
export function toInstantMs(iso: string): number | null {
  const match = ISO.exec(iso);
  if (match === null) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const dayNumber = toDay(date);
  const back = toCivil(dayNumber);
  if (back.month !== date.month || back.day !== date.day) return null;
  const [hours, minutes, seconds] = [match[4], match[5], match[6]].map((part) => Number(part ?? 0));
  if (
    hours === undefined ||
    minutes === undefined ||
    seconds === undefined ||
    hours > 24 ||
    minutes > 59 ||
    seconds > 60
  )
    return null;
  const fraction = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * 1000);
  return (
    dayNumber * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction - toOffsetMs(match[8])
  );
}

function toOffsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** A whole day stays a bare date, so that `date + duration('24h')` reads as the next day. */
export function toIso(instantMs: number, bareDate: boolean): string {
  const dayNumber = Math.floor(instantMs / DAY_MS);
  const { year, month, day } = toCivil(dayNumber);
  const date = `${String(year).padStart(4, "0")}-${pad(month)}-${pad(day)}`;
  const rest = instantMs - dayNumber * DAY_MS;
  if (bareDate && rest === 0) return date;
  const milliseconds = rest % 1000;
  const fraction = milliseconds === 0 ? "" : `.${String(Math.floor(milliseconds)).padStart(3, "0")}`;
  return `${date}T${pad(Math.floor(rest / 3_600_000))}:${pad(Math.floor(rest / 60_000) % 60)}:${pad(Math.floor(rest / 1000) % 60)}${fraction}Z`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

const UNIT_MS: Readonly<Record<string, number>> = { d: DAY_MS, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/;

/** "90s", "1h30m", "2d" in milliseconds; null when it is none. */
export function parseDurationMs(text: string): number | null {
  const sign = text.startsWith("-") ? -1 : 1;
  const body = text.replace(/^[+-]/, "");
  if (!DURATION.test(body)) return null;
  let total = 0;
  for (const [, amount, unit] of body.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g))
    total += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  return sign * total;
}
