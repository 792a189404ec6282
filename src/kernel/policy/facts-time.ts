// A moment as the clocks of a zone show it, in the parts that conditions name. To the minute: within one, a decision stays the same.
import { toDay } from "../domain/civil.ts";
import { toZonedIso } from "../domain/zone.ts";
import type { TimeFacts } from "./policy.ts";

const MINUTE_MS = 60_000;

/** The last one of each zone: a server decides many times a minute. */
const last = new Map<string, { readonly minute: number; readonly facts: TimeFacts }>();

export function toMinute(at: number): number {
  return Math.floor(at / MINUTE_MS);
}

export function toTimeFacts(at: number, timeZone: string): TimeFacts {
  const minute = toMinute(at);
  const known = last.get(timeZone);
  if (known?.minute === minute) return known.facts;
  const facts = parseTimeFacts(toZonedIso(minute * MINUTE_MS, timeZone));
  last.set(timeZone, { minute, facts });
  return facts;
}

/** Of `2026-11-28T09:30`, whatever follows. */
export function parseTimeFacts(zoned: string): TimeFacts {
  const part = (from: number, to: number): number => Number(zoned.slice(from, to));
  const civil = { year: part(0, 4), month: part(5, 7), day: part(8, 10) };
  // Day 0 of the calendar was a Thursday.
  const weekday = ((((toDay(civil) + 3) % 7) + 7) % 7) + 1;
  return { date: zoned.slice(0, 10), ...civil, weekday, hour: part(11, 13), minute: part(14, 16) };
}
