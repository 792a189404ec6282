import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Skill } from "../domain/skill.ts";
import { EXAMPLE_KINDS } from "./example-kinds.ts";
import { canonicalContent, parseSkillFile } from "./skill-file.ts";
import { skillJsonSchema } from "./skill-file-schema.ts";

function parse(text: string, path = "skills/oysters/calculate_margin.yaml", phrases?: string) {
  return parseSkillFile({ path, text, phrases, kinds: EXAMPLE_KINDS });
}

function toSkill(text: string, path?: string, phrases?: string): Skill {
  const answer = parse(text, path, phrases);
  if ("skill" in answer) return answer.skill;
  throw new Error(JSON.stringify(answer.mistakes, null, 1));
}

// Two whole skills, as people write them.
const MARGIN = `# skills/oysters/calculate_margin.yaml
description: { ru: Прибыль и маржа с партии, en: Profit and margin of a batch }
input:
  kg:    { type: number, unit: kg, above: 0, ask: { ru: "Сколько килограммов?", en: "How many kilograms?" } }
  price: { type: money, per: kg, above: 0, ask: { ru: "По какой цене продаёте, ₽ за кг?", en: "Your price per kg?" } }
steps:
  - id: batch
    sql: select cost_per_kg, loss_percent, received_at from batches order by received_at desc limit 1
    if_empty: { ru: "В таблице batches нет партий.", en: "The table batches is empty." }
  - id: sums
    set:
      revenue: \${{ input.kg * (1 - batch.first.loss_percent / 100) * input.price }}
      cost: \${{ input.kg * batch.first.cost_per_kg }}
output:
  profit: \${{ money(sums.revenue - sums.cost, 'RUB') }}
  margin_percent: \${{ round((sums.revenue - sums.cost) / sums.revenue * 100, 1) }}
  revenue: \${{ sums.revenue }}
  cost: \${{ sums.cost }}
  batch: \${{ batch.first }}
answer: { ru: "Прибыль \${{ output.profit }}, маржа \${{ output.margin_percent }} %", en: "Profit \${{ output.profit }}, margin \${{ output.margin_percent }} %" }
`;

const DELETE = `# skills/oysters/delete_old_quotes.yaml
description: { ru: Удалить старые черновики КП, en: Delete old draft quotes }
input:
  before: { type: date, ask: { ru: "Удалить черновики, созданные до какой даты?", en: "Delete drafts created before which date?" } }
steps:
  - id: old
    sql: select number, customer, total, created_at from quotes where status = 'draft' and created_at < \${{ input.before }}
    if_empty: { ru: "Таких черновиков нет.", en: "There are no such drafts." }
  - id: remove
    sql: delete from quotes where status = 'draft' and number in \${{ old.rows.map(q, q.number) }}
    max_rows: 500
approval: { ask: always, by: owner, show: "\${{ old.rows }}" }
output: { deleted: "\${{ remove.changes }}", quotes: "\${{ old.rows }}" }
`;

describe("whole skills", () => {
  it("calculate_margin", () => {
    const skill = toSkill(MARGIN);
    expect(skill).toMatchObject({
      id: "oysters/calculate_margin",
      baseRisk: 1,
      tags: [],
      phrases: { ru: [], en: [] },
    });
    expect(skill.version).toMatch(/^1\.0\.0\+[0-9a-f]{12}$/);
    expect(skill.input[0]).toEqual({
      name: "kg",
      type: "number",
      unit: "kg",
      above: 0,
      optional: false,
      ask: { ru: "Сколько килограммов?", en: "How many kilograms?" },
    });
    expect(skill.input[1]).toMatchObject({ name: "price", type: "money", per: "kg" });
    expect(skill.steps.map(({ id, kind }) => [id, kind])).toEqual([
      ["batch", "sql"],
      ["sums", "set"],
    ]);
    expect(skill.steps[0]?.ifEmpty).toEqual({
      ru: "В таблице batches нет партий.",
      en: "The table batches is empty.",
    });
    expect(skill.output["batch"]).toBe("${{ batch.first }}");
  });
  it("delete_old_quotes", () => {
    const skill = toSkill(DELETE, "skills/oysters/delete_old_quotes.yaml");
    expect(skill.approval).toEqual({ ask: "always", by: "owner", show: "${{ old.rows }}" });
    expect(skill.steps[1]).toEqual({
      id: "remove",
      kind: "sql",
      with: "delete from quotes where status = 'draft' and number in ${{ old.rows.map(q, q.number) }}",
      maxRows: 500,
    });
  });
});

describe("a skill file", () => {
  it("may use every key", () => {
    const skill = toSkill(
      `id: a/b
version: "2.1.0"
description: x
tags: [t]
phrases: [привет, hello]
risk: 4
timeout: 90s
deprecated: { reason: old, replacement: a.c }
approval: always
input:
  n: number
  c: { type: choice, one_of: [1, { value: two, words: [second] }], default: two }
  m: { type: text, many: true, default: [x], optional: true }
  j: { schema: { type: array } }
steps:
  - id: one
    if: input.n > 1
    set: { a: 1 }
    retry: 2
    timeout: 1.5
    on_error: continue
    only_new: number
    cache: 1h
  - id: two
    needs: one
    retry: { times: 1, delay: 1s }
    if: \${{ one.a == 1 }}
    set: { a: "\${{ one.a }}" }
    undo: [{ id: back, set: { b: "\${{ two.a }}" } }]
details: "\${{ two.a }}"
`,
      "a/b.yaml",
      "ru: [раз]\nen: [once]",
    );
    expect(skill).toMatchObject({
      id: "a/b",
      description: "x",
      tags: ["t"],
      phrases: { ru: ["привет", "раз"], en: ["hello", "once"] },
      baseRisk: 4,
      timeoutMs: 90_000,
      deprecated: { reason: "old", replacement: "a/c" },
      approval: { ask: "always", by: "owner" },
    });
    expect(skill.version).toMatch(/^2\.1\.0\+/);
    expect(skill.input.map(({ name, type, ask }) => [name, type, ask])).toEqual([
      ["n", "number", "n"],
      ["c", "choice", "c"],
      ["m", "text", "m"],
      ["j", "table", "j"],
    ]);
    expect(skill.input[1]?.oneOf).toEqual([
      { value: "1", words: [] },
      { value: "two", words: ["second"] },
    ]);
    expect(skill.steps[0]).toMatchObject({
      if: "input.n > 1",
      retry: { times: 2, delayMs: 200 },
      timeoutMs: 1500,
      onError: "continue",
      onlyNew: "number",
      cacheMs: 3_600_000,
    });
    expect(skill.steps[1]).toMatchObject({
      needs: ["one"],
      retry: { times: 1, delayMs: 1000 },
      undo: [{ id: "back", kind: "set" }],
    });
  });

  it("gives the steps inside a step to the kind, already parsed", () => {
    const skill = toSkill(`description: x
input: { list: table }
steps:
  - id: each
    foreach:
      in: \${{ input.list }}
      steps:
        - id: double
          set: { n: "\${{ item.n * 2 }}" }
        - id: both
          parallel:
            a: [{ id: left, set: { n: "\${{ double.n }}" } }]
            b: [{ id: right, set: { n: 2 } }]
`);
    expect(skill.steps[0]?.with).toMatchObject({
      steps: [
        { id: "double", kind: "set" },
        { id: "both", with: { a: [{ id: "left", kind: "set" }], b: [{ id: "right" }] } },
      ],
    });
  });

  it("follows a few references", () => {
    const skill = toSkill(
      "description: x\ninput:\n  a: &f { type: text, optional: true }\n  b: *f\nsteps: [{ id: s, set: {} }]\n",
    );
    expect(skill.input.map(({ name, optional }) => [name, optional])).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });

  it("has the same canonical content whatever its comments and order", () => {
    expect(canonicalContent("a: 1\nb: 2 # note\n")).toBe(canonicalContent("b: 2\na: 1\n"));
    expect(canonicalContent("a: 1", "ru: [x]")).not.toBe(canonicalContent("a: 1"));
    expect(canonicalContent("a: {")).toContain("a: {");
  });
});

describe("any text at all", () => {
  const piece = fc.constantFrom(
    "description: x",
    "steps:",
    "  - id: a",
    "    set:",
    "      b: ",
    "${{ input.x }}",
    "input:",
    "  kg: number",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "#",
    '"',
    "'",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    "\t",
    "---",
    "output:",
    "? ",
    "null",
    "1e999",
    "<<: *a",
  );
  it("never makes the parser throw", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
        (text) => {
          const answer = parse(text);
          if ("mistakes" in answer) expect(answer.mistakes.length).toBeGreaterThan(0);
          canonicalContent(text);
        },
      ),
      { numRuns: 600 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void parse(text)));
  });
  it.each([
    ["an approval", { approval: [{ toString: null }] }],
    ["a default", { input: { a: { type: "text", one_of: ["x"], default: [{ toString: null }] } } }],
    ["an id", { steps: [{ id: { toString: null }, set: {} }] }],
  ])("with a key named toString in %s", (_, part) => {
    const whole = { description: "x", input: {}, steps: [{ id: "a", set: { a: 1 } }], ...part };
    expect("mistakes" in parse(JSON.stringify(whole))).toBe(true);
  });
  it("of any JSON shape", () => {
    fc.assert(
      fc.property(
        fc.record({
          description: fc.jsonValue(),
          input: fc.jsonValue(),
          steps: fc.jsonValue(),
          output: fc.jsonValue(),
          approval: fc.jsonValue(),
        }),
        (value) => {
          expect("mistakes" in parse(JSON.stringify(value))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

it("describes itself to editors", () => {
  const schema = skillJsonSchema(EXAMPLE_KINDS);
  expect(schema).toMatchObject({
    required: ["description", "steps"],
    properties: { steps: { $ref: "#/$defs/steps" } },
    $defs: {
      steps: {
        items: { oneOf: expect.arrayContaining([expect.objectContaining({ required: ["id", "foreach"] })]) },
      },
    },
  });
  const steps = JSON.stringify(schema["$defs"]);
  expect(steps).toContain(
    '"foreach":{"description":"What foreach does","type":"object","properties":{"in":{},"steps":{"$ref":"#/$defs/steps"}}',
  );
});
