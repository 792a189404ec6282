import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineStep } from "../domain/step-kind.ts";
import { parseSkillFile } from "./skill-file.ts";

const KINDS = ["set", "http", "sql"].map((kind) =>
  defineStep({ kind, summary: kind, with: z.unknown(), effects: () => [], run: async () => null }),
);

function toTold(text: string): readonly { place: string; ru: string; en: string }[] {
  const answer = parseSkillFile({ path: "a/b.yaml", text, kinds: KINDS });
  if ("skill" in answer) return [];
  return answer.mistakes.map(({ at, rule, message, mend }) => {
    const say = (locale: "ru" | "en") =>
      [message, mend].map((words) => (typeof words === "string" ? words : (words[locale] ?? ""))).join(" ");
    return { place: `${at.line}:${at.column} ${rule}`, ru: say("ru"), en: say("en") };
  });
}

const TOP = "description: x\nsteps:\n  - id: s\n";

const TRAPS: readonly (readonly [string, string, string])[] = [
  [
    `${TOP}    set:\n      a: \${{ 1 > 2 ? 'b' : 'c' }}\n`,
    "5:10 unquoted_colon",
    `The expression contains ": " and is not in quotes. Write "\${{ 1 > 2 ? 'b' : 'c' }}"`,
  ],
  [
    `${TOP}    set:\n      a: \${{ {"k": 1} }}\n`,
    "5:10 unquoted_colon",
    `The expression contains ": " and is not in quotes. Write '\${{ {"k": 1} }}'`,
  ],
  [
    `${TOP}    set:\n      a: total \${{ 1 }}: ok\n`,
    "5:10 unquoted_colon",
    `The expression contains ": " and is not in quotes. Write "total \${{ 1 }}: ok"`,
  ],
  [
    `${TOP}    http: { get: \${{ 1 }} }\n`,
    "4:18 unquoted_in_braces",
    'Inside { } and [ ] an expression needs quotes. Write "${{ 1 }}"',
  ],
  [
    `${TOP}    http: { get: \${{ 1 }}, as: json }\n`,
    "4:18 unquoted_in_braces",
    'Inside { } and [ ] an expression needs quotes. Write "${{ 1 }}"',
  ],
  [
    `${TOP}    set: { a: [\${{ 1 }}] }\n`,
    "4:16 unquoted_in_braces",
    'Inside { } and [ ] an expression needs quotes. Write "${{ 1 }}"',
  ],
  [
    `${TOP}    set:\n      a: \${{ 1 #b }}\n`,
    "5:10 cut_by_hash",
    'YAML takes the text after " #" for a comment, so the expression is cut. Write "${{ 1 #b }}"',
  ],
  [
    "description: НДС #1 of all\nsteps: [{ id: s, set: {} }]\n",
    "1:14 cut_by_hash",
    'YAML takes the text after " #" for a comment: it is cut. Write "НДС #1 of all" (or, if it is a comment, put a space after the #)',
  ],
  [
    `${TOP}    set:\n      a: Order #1 of \${{ 1 }}\n`,
    "5:10 cut_by_hash",
    'YAML takes the text after " #" for a comment: it is cut. Write "Order #1 of ${{ 1 }}" (or, if it is a comment, put a space after the #)',
  ],
  [
    "description: { ru: НДС #1, en: VAT }\nsteps: []\n",
    "1:20 cut_by_hash",
    'YAML takes the text after " #" for a comment: it is cut. Write "НДС #1" (or, if it is a comment, put a space after the #)',
  ],
  [
    `${TOP}    set:\n      a: [x #1, y]\n      b: 1\n`,
    "5:11 cut_by_hash",
    'YAML takes the text after " #" for a comment: it is cut. Write "x #1" (or, if it is a comment, put a space after the #)',
  ],
  [
    `${TOP}    set:\n      a: {{ 1 }}\n`,
    "5:10 bare_braces",
    "An expression starts with ${{, but here is only {{. Write ${{ 1 }}",
  ],
  [
    `${TOP}\tset: {}\n`,
    "4:1 yaml_tab_as_indent",
    "The indent is a tab. Replace the tab with spaces (two per level).",
  ],
  [
    `${TOP}    set: {}\n    set: {}\n`,
    "5:5 yaml_duplicate_key",
    "This key already stands above. Keep one of the two.",
  ],
  [
    `${TOP}   sql: select 1\n`,
    "4:4 indented_too_little",
    "There are 3 spaces before this line; what it belongs beside starts after 4: id: s Start it after 4 spaces: sql: select 1",
  ],
  [
    `${TOP}    set: {}\n  - id: late\n\n   sql: |\n     select 1\noutput: {}\n`,
    "7:4 indented_too_little",
    "There are 3 spaces before this line; what it belongs beside starts after 4: id: late Start it after 4 spaces: sql: |",
  ],
  [
    "description: a: b\nsteps: []\n",
    "1:14 yaml_block_as_implicit_key",
    'The value contains ": " and is not in quotes. Write "a: b"',
  ],
  [
    "description: @x\n",
    "1:14 yaml_bad_scalar_start",
    "A value cannot start with this character. Put the value in quotes.",
  ],
  [
    "description: !x y\nsteps: [{ id: s, set: {} }]\n",
    "1:14 yaml_tag_resolve_failed",
    "A ! at the start of a value is special in YAML. Put the value in quotes.",
  ],
  [
    "description: *x\nsteps: [{ id: s, set: {} }]\n",
    "1:14 unknown_alias",
    "There is a reference *x, but no mark &x above it. If it is text, put it in quotes.",
  ],
  [
    "description: x\n---\ndescription: y\n",
    "2:1 yaml_multiple_docs",
    "The file holds several documents (a line ---). Keep one document per file.",
  ],
  [
    `description: x\nsteps: [{ id: s, set: {} }]\nrisk: 12345678901234567890\n`,
    "3:7 not_json",
    "This value is not JSON: a number too long, infinity, or binary data. If it is text, put it in quotes.",
  ],
];

describe("a YAML trap has its own message", () => {
  it.each(TRAPS)("%s", (text, place, english) => {
    const told = toTold(text).find((one) => one.place === place);
    expect(told?.en).toBe(english);
    expect(told?.ru).toMatch(/[а-я]/);
  });

  it("each on its line when there are several", () => {
    const text = `${TOP}    set:\n      a: \${{ 1 > 2 ? 3 : 4 }}\n      b: 1\n      c: \${{ 1 > 2 ? 3 : 4 }}\n`;
    expect(toTold(text).map(({ place }) => place)).toEqual(["5:10 unquoted_colon", "7:10 unquoted_colon"]);
  });

  it("is no comment, which has a space after its sign", () => {
    expect(
      toTold(`${TOP}    set:\n      a: x # three\n      b: 1  #4\n      c: "y #5"\n      d: z#6\n`),
    ).toEqual([]);
    expect(toTold("description: [x\nsteps: []\n").map(({ place }) => place)).not.toContain(
      "1:15 cut_by_hash",
    );
  });

  it("is not seen where quotes or a block stand", () => {
    expect(
      toTold(
        `${TOP}    set:\n      a: "\${{ 1 > 2 ? 'b' : 'c #' }}"\n      b: >-\n        \${{ {'k': 1}\n        .k }}\n      c: {d: "\${{ 1 }}"}\n`,
      ),
    ).toEqual([]);
  });
});

describe("bombs", () => {
  it.each([
    [
      "aliases in aliases",
      `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefghij"
        .split("")
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[index]}`).join(", ")}]`)
        .join("\n")}\n`,
    ],
    ["a cycle", "description: x\nsteps: &s [*s]\n"],
    ["brackets", "[".repeat(5000)],
    ["brackets over lines", "[\n".repeat(100_000)],
    ["dashes", "- ".repeat(5000)],
    ["question marks", "? ".repeat(5000)],
    ["indents", Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    ["many values", `steps: [${"x,".repeat(100_000)}]\n`],
    ["a large file", "a".repeat(300_000)],
  ])("%s is refused quickly", (_name, text) => {
    const [first] = toTold(text);
    expect(first?.place).toMatch(/file_too_complex|file_too_large/);
  });
});

const SLIPS: readonly (readonly [name: string, text: string, place: string, told: string])[] = [
  [
    "no space after a colon",
    "description:Doubles a number\ntags: [a]\n",
    "1:1 space_after_colon",
    "There is no space after the colon. Write description: Doubles a number",
  ],
  [
    "no space after a colon, in a list",
    "steps:\n  - id:a\n    set: { x: 1 }\n",
    "2:3 space_after_colon",
    "There is no space after the colon. Write - id: a",
  ],
  [
    "no space after a colon, in the last line",
    "description: x\ntags:[a]",
    "2:1 space_after_colon",
    "There is no space after the colon. Write tags: [a]",
  ],
  [
    "no space after a dash",
    "steps:\n  -id: a\n   set: { x: 1 }\n",
    "2:3 space_after_dash",
    "There is no space after the dash. Write - id: a",
  ],
  [
    "no colon",
    "description: x\ntags\nsteps: []\n",
    "2:1 colon_missing",
    "There is no colon after the key. Write tags:",
  ],
  [
    "indented too deep",
    "steps:\n  - id: a\n      set: { x: 1 }\n",
    "3:7 indented_too_deep",
    "The line is indented deeper than the one above, which is complete. Start it after 4 spaces, like the line above: set: { x: 1 }",
  ],
  [
    "one space too many",
    "input:\n  n: number\n   m: number\n",
    "3:4 indented_too_deep",
    "The line is indented deeper than the one above, which is complete. Start it after 2 spaces, like the line above: m: number",
  ],
  [
    "one space too few",
    "input:\n  n: { type: number }\n m: { type: number }\n",
    "3:2 yaml_bad_indent",
    "The indent does not match the lines around it. Spaces here: 1, on the line above: 2. What belongs side by side has the same indent.",
  ],
  [
    "a tab",
    "input:\n\tn: number\n",
    "2:1 yaml_tab_as_indent",
    "The indent is a tab. Replace the tab with spaces (two per level).",
  ],
  [
    "a missing comma",
    'input:\n  n: { type: number ask: "How many?" }\n',
    "2:14 comma_missing",
    "Inside { } and [ ] a comma is missing between two values. Put a comma here or before it: { type: number, unit: kg }",
  ],
  [
    "a quote that is never closed",
    'description: "Doubles\ntags: [a]\nsteps: []\n',
    "1:14 quote_not_closed",
    'The quote " is never closed. Close it at the end of the value: description: "Doubles"',
  ],
  [
    "a quote that is never closed, below words with an apostrophe",
    "# Kolya's own list\ndescription: what's there\ntags: [a]\nexamples:\n  - 'open\n  - it's here\n",
    "5:5 quote_not_closed",
    "The quote ' is never closed. Close it at the end of the value: - 'open'",
  ],
  [
    "an apostrophe in single quotes",
    "description: 'It's here'\n",
    "1:14 quote_inside",
    "A ' inside the value closes it too early. Write \"It's here\"",
  ],
  [
    "a bracket that is never closed",
    "tags: [a, b\ndescription: x\n",
    "2:1 bracket_not_closed",
    "A ] is missing: the bracket above is not closed. Put ] at the end of the line above.",
  ],
  [
    "no space after a colon inside braces",
    'description: x\ninput:\n  n: { type:number, ask: "How many?" }\nsteps: []\n',
    "3:8 space_after_colon",
    "There is no space after the colon. Write type: number",
  ],
];

describe("a slip of the hand", () => {
  it.each(SLIPS)("%s", (...[, text, place, told]) => {
    const [first, ...rest] = toTold(text);
    expect(first).toMatchObject({ place, en: told });
    expect(first?.ru).toMatch(/[а-я]/);
    if (!place.startsWith("3:8")) expect(rest).toEqual([]);
  });
});
