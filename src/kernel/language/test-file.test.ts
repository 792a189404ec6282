import { expect, test } from "vitest";
import { toPlain } from "../domain/text.ts";
import { parseTestFile } from "./test-file.ts";

const FILE = "oysters/calculate_margin.test.yaml";

/** `line:column rule: mend` of every mistake. */
function mistakesOf(text: string): string[] {
  const parsed = parseTestFile(FILE, text);
  if ("cases" in parsed) return [];
  return parsed.mistakes.map(
    ({ at, rule, mend }) => `${at.line}:${at.column} ${rule}: ${toPlain(mend, "en")}`,
  );
}

test("what is well written is read", () => {
  const text = `cases:
  - name: forty kilograms
    input: { kg: 40 }
    now: 2026-11-21T12:00:00+03:00
    tables: { batches: [{ cost: 1150 }] }
    mock: { cbr: [{ request: { path: /rate }, response: { json: { rate: 90 } } }] }
    expect: { status: succeeded, result: { profit: 26200 } }
`;
  const parsed = parseTestFile(FILE, text);
  expect(parsed).toMatchObject({
    cases: [
      {
        name: "forty kilograms",
        now: "2026-11-21T12:00:00+03:00",
        mock: { cbr: [{ request: { method: "GET", path: "/rate" }, response: { body: '{"rate":90}' } }] },
      },
    ],
  });
});

test.each([
  [
    "an unknown key",
    "cases:\n  - name: a\n    inputs: { kg: 4 }\n    expect: {}\n",
    ["3:5 unknown_key: Did you mean input?"],
  ],
  ["a missing key", "cases:\n  - name: a\n", ["2:5 missing_key: Add expect: (a map of keys)."]],
  [
    "a wrong type",
    "cases:\n  - name: a\n    expect: { writes: many }\n",
    ["3:23 wrong_type: It must be a number."],
  ],
  [
    "a word that is not one of the known",
    "cases:\n  - name: a\n    mode: dryrun\n    expect: {}\n",
    ["3:11 wrong_value: Did you mean dry_run? Allowed: dry_run."],
  ],
  [
    "a time without offset",
    "cases:\n  - name: a\n    now: 2026-11-21\n    expect: {}\n",
    ["3:10 wrong_time: Write it like 2026-11-21T12:00:00+03:00."],
  ],
  [
    "a mistake inside a mock",
    "cases:\n  - name: a\n    mock: { cbr: [{ request: { pat: / }, response: {} }] }\n    expect: {}\n",
    ["3:30 missing_key: Add path: (text).", "3:32 unknown_key: Did you mean path?"],
  ],
  ["no cases", "cases: []\n", ["1:8 too_small: It must be at least 1."]],
  ["an empty file", "", ["1:1 missing_key: Add cases: (a list)."]],
])("%s is named with its place and how to mend it", (_, text, found) => {
  expect(mistakesOf(text)).toEqual(found);
});

test("every mistake is told at once, in the order of the file", () => {
  const text = "cases:\n  - name: a\n    expekt: {}\n  - nam: b\n    expect: {}\n";
  expect(mistakesOf(text).map((line) => line.split(" ")[0])).toEqual(["2:5", "3:5", "4:5", "4:5"]);
});

test("what is not YAML at all is a mistake like any other", () => {
  expect(mistakesOf("cases: [")[0]).toMatch(/^1:\d+ bracket_not_closed/);
});
