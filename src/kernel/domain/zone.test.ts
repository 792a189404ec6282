import fc from "fast-check";
import { expect, test } from "vitest";
import { toZonedIso } from "./zone.ts";

const AT = Date.parse("2026-11-21T09:15:07.042Z");

test.each([
  ["Europe/Moscow", AT, "2026-11-21T12:15:07.042+03:00"],
  ["America/St_Johns", AT, "2026-11-21T05:45:07.042-03:30"],
  ["UTC", AT, "2026-11-21T09:15:07.042+00:00"],
  ["Asia/Kathmandu", AT, "2026-11-21T15:00:07.042+05:45"],
  ["Europe/Berlin", Date.parse("2026-07-01T22:00:00.000Z"), "2026-07-02T00:00:00.000+02:00"],
  ["Europe/Berlin", Date.parse("2026-12-31T23:30:00.000Z"), "2027-01-01T00:30:00.000+01:00"],
])("in %s %i is %s", (zone, at, written) => {
  expect(toZonedIso(at, zone)).toBe(written);
});

test("it is the same moment in every zone", () => {
  const zone = fc.constantFrom("Europe/Moscow", "America/New_York", "Pacific/Chatham", "Asia/Tokyo");
  const moment = fc.integer({ min: 0, max: Date.parse("2099-12-31T00:00:00Z") });
  fc.assert(fc.property(moment, zone, (at, timeZone) => Date.parse(toZonedIso(at, timeZone)) === at));
});
