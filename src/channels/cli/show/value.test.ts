import { expect, test } from "vitest";
import { formatZoned } from "./value.ts";
import { aView } from "./view-builder.ts";

test.each([
  ["en", "2026-11-21T10:42:07.042+05:45", "21 Nov 2026, 10:42 +05:45"],
  ["ru", "2026-11-21T10:42:07.042-03:30", "21.11.2026, 10:42 -03:30"],
  ["en", "2026-11-21T07:42:07Z", "21 Nov 2026, 10:42"],
] as const)("%s: %s is shown as %s", (locale, iso, shown) => {
  expect(formatZoned(iso, aView(locale))).toBe(shown);
});
