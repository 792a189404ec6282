import { describe, expect, it } from "vitest";
import { cron } from "./cron.ts";

const at = (text: string): number => Date.parse(text);
const next = (
  expression: string,
  zone: string,
  { after, count = 3 }: { after: string; count?: number },
): string[] => {
  const found: string[] = [];
  let from = at(after);
  for (let n = 0; n < count; n += 1) {
    const slot = cron.next(expression, zone, from);
    if (slot === null) break;
    found.push(new Date(slot).toISOString());
    from = slot;
  }
  return found;
};

describe("daylight saving", () => {
  it("runs a time that spring leaves out when its hour is over, once", () => {
    expect(next("30 2 * * *", "Europe/Berlin", { after: "2026-03-28T00:00:00Z" })).toEqual([
      "2026-03-28T01:30:00.000Z",
      "2026-03-29T01:00:00.000Z",
      "2026-03-30T00:30:00.000Z",
    ]);
  });
  it("runs a time that autumn repeats once", () => {
    expect(next("30 2 * * *", "Europe/Berlin", { after: "2026-10-24T00:00:00Z" })).toEqual([
      "2026-10-24T00:30:00.000Z",
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });
  it("goes on every half hour through both", () => {
    const autumn = next("*/30 * * * *", "Europe/Berlin", { after: "2026-10-24T23:20:00Z", count: 8 }).map(at);
    const spring = next("*/30 * * * *", "Europe/Berlin", { after: "2026-03-29T00:20:00Z", count: 8 }).map(at);
    for (const slots of [autumn, spring])
      expect(new Set(slots.slice(1).map((slot, index) => slot - (slots[index] ?? 0)))).toEqual(
        new Set([1_800_000]),
      );
  });

  // 0 missing, 0 double: an oracle that knows nothing of cron counts the local days.
  it.each([
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Tehran",
    "Pacific/Auckland",
    "Europe/Moscow",
  ])("runs once on every day of a year in %s", (zone) => {
    const day = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    for (const time of ["30 2 * * *", "0 0 * * *", "15 3 * * *"]) {
      const slots = next(time, zone, { after: "2026-01-01T12:00:00Z", count: 364 }).map((slot) =>
        day.format(at(slot)),
      );
      expect(new Set(slots).size).toBe(364);
      expect(at(`${slots.at(-1)}T00:00:00Z`) - at(`${slots[0]}T00:00:00Z`)).toBe(363 * 86_400_000);
    }
  });
});

describe("the last slot", () => {
  it.each([
    ["0 8 * * *", "2026-11-21T05:00:00Z", "2026-11-21T05:00:00.000Z"],
    ["0 8 * * *", "2026-11-21T04:59:59Z", "2026-11-20T05:00:00.000Z"],
    ["* * * * *", "2026-11-21T05:00:30Z", "2026-11-21T05:00:00.000Z"],
    ["0 8 * * 1-5", "2026-11-22T12:00:00Z", "2026-11-20T05:00:00.000Z"],
  ])("%s at %s", (expression, now, expected) => {
    expect(new Date(cron.last(expression, "Europe/Moscow", at(now)) ?? 0).toISOString()).toBe(expected);
  });
});

describe("moments", () => {
  it.each<[string, string, string | null]>([
    ["2026-01-18T08:00:00+03:00", "UTC", "2026-01-18T05:00:00.000Z"],
    ["2026-01-18T08:00:00Z", "Europe/Moscow", "2026-01-18T08:00:00.000Z"],
    ["2026-01-18T08:00:00", "Europe/Moscow", "2026-01-18T05:00:00.000Z"],
    ["2026-01-18 08:00", "Europe/Moscow", "2026-01-18T05:00:00.000Z"],
    ["2026-07-01T08:00", "America/New_York", "2026-07-01T12:00:00.000Z"],
    ["1999-01-18T08:00:00", "Europe/London", "1999-01-18T08:00:00.000Z"],
    ["2026-02-30T08:00:00Z", "UTC", null],
    ["2026-01-18", "UTC", null],
    ["tomorrow", "UTC", null],
    ["2026-01-18T25:00:00Z", "UTC", null],
    ["2026-01-18T25:00:00", "UTC", null],
  ])("%s in %s", (text, zone, expected) => {
    const moment = cron.parseMoment(text, zone);
    expect(moment === null ? null : new Date(moment).toISOString()).toBe(expected);
  });
});

describe("mistakes", () => {
  it.each(["", "* * * *", "* * * * * *", "61 * * * *", "a b c d e", "@every"])(
    "finds one in %j",
    (expression) => {
      expect(cron.findMistake(expression, "UTC")).not.toBeNull();
    },
  );
  it("finds none in what is right", () => {
    expect(cron.findMistake("*/5 8-18 * * MON-FRI", "UTC")).toBeNull();
    expect(cron.next("0 0 30 2 *", "UTC", at("2026-01-01T00:00:00Z"))).toBeNull();
    expect(cron.isZone("Europe/Moscow")).toBe(true);
    expect(cron.isZone("Mars/Base")).toBe(false);
  });
});
