import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { FileMistake } from "../domain/refusal.ts";
import type { Skill } from "../domain/skill.ts";
import { defineStep, type StepKind } from "../domain/step-kind.ts";
import { canonicalContent, parseSkillFile } from "./skill-file.ts";
import { skillJsonSchema } from "./skill-file-schema.ts";

function aKind<With>(kind: string, withSchema: StepKind<With>["with"], locals?: readonly string[]): StepKind<unknown> {
  return defineStep<With>({ kind, summary: { ru: kind, en: `What ${kind} does` }, with: withSchema, locals, effects: () => [], run: async () => null });
}

const KINDS = [
  aKind("set", z.record(z.string(), z.unknown())),
  aKind("sql", z.union([z.string(), z.strictObject({ connector: z.string().optional(), query: z.string() })])),
  aKind("http", z.strictObject({ get: z.string().optional(), post: z.string().optional(), connector: z.string().optional(), as: z.enum(["json", "xml"]).optional(), query: z.record(z.string(), z.unknown()).optional() })),
  aKind("parallel", (steps) => z.record(z.string(), steps)),
  aKind("foreach", (steps) => z.strictObject({ in: z.unknown(), steps }), ["item"]),
];

function parse(text: string, path = "skills/oysters/calculate_margin.yaml", phrases?: string) {
  return parseSkillFile({ path, text, phrases, kinds: KINDS });
}

function toSkill(text: string, path?: string, phrases?: string): Skill {
  const answer = parse(text, path, phrases);
  if ("skill" in answer) return answer.skill;
  throw new Error(JSON.stringify(answer.mistakes, null, 1));
}

function toMistakes(text: string, path?: string): readonly FileMistake[] {
  const answer = parse(text, path);
  if ("mistakes" in answer) return answer.mistakes;
  throw new Error("no mistake was found");
}

/** `line:column rule` of each mistake. */
function toPlaces(text: string): readonly string[] {
  return toMistakes(text).map(({ at, rule }) => `${at.line}:${at.column} ${rule}`);
}

function toEnglish({ message, mend }: FileMistake): string {
  return [message, mend].map((text) => (typeof text === "string" ? text : text.en)).join(" ");
}

// As written in DESIGN section 6.
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

describe("the skills of DESIGN section 6", () => {
  it("calculate_margin", () => {
    const skill = toSkill(MARGIN);
    expect(skill).toMatchObject({ id: "oysters/calculate_margin", baseRisk: 0, tags: [], phrases: { ru: [], en: [] } });
    expect(skill.version).toMatch(/^1\.0\.0\+[0-9a-f]{12}$/);
    expect(skill.input[0]).toEqual({ name: "kg", type: "number", unit: "kg", above: 0, optional: false, ask: { ru: "Сколько килограммов?", en: "How many kilograms?" } });
    expect(skill.input[1]).toMatchObject({ name: "price", type: "money", per: "kg" });
    expect(skill.steps.map(({ id, kind }) => [id, kind])).toEqual([["batch", "sql"], ["sums", "set"]]);
    expect(skill.steps[0]?.ifEmpty).toEqual({ ru: "В таблице batches нет партий.", en: "The table batches is empty." });
    expect(skill.output["batch"]).toBe("${{ batch.first }}");
  });
  it("delete_old_quotes", () => {
    const skill = toSkill(DELETE, "skills/oysters/delete_old_quotes.yaml");
    expect(skill.approval).toEqual({ ask: "always", by: "owner", show: "${{ old.rows }}" });
    expect(skill.steps[1]).toEqual({ id: "remove", kind: "sql", with: "delete from quotes where status = 'draft' and number in ${{ old.rows.map(q, q.number) }}", maxRows: 500 });
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
      id: "a/b", description: "x", tags: ["t"], phrases: { ru: ["привет", "раз"], en: ["hello", "once"] }, baseRisk: 4, timeoutMs: 90_000,
      deprecated: { reason: "old", replacement: "a/c" }, approval: { ask: "always", by: "owner" },
    });
    expect(skill.version).toMatch(/^2\.1\.0\+/);
    expect(skill.input.map(({ name, type, ask }) => [name, type, ask])).toEqual([["n", "number", "n"], ["c", "choice", "c"], ["m", "text", "m"], ["j", "table", "j"]]);
    expect(skill.input[1]?.oneOf).toEqual([{ value: "1", words: [] }, { value: "two", words: ["second"] }]);
    expect(skill.steps[0]).toMatchObject({ if: "input.n > 1", retry: { times: 2, delayMs: 200 }, timeoutMs: 1500, onError: "continue", onlyNew: "number", cacheMs: 3_600_000 });
    expect(skill.steps[1]).toMatchObject({ needs: ["one"], retry: { times: 1, delayMs: 1000 }, undo: [{ id: "back", kind: "set" }] });
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
    expect(skill.steps[0]?.with).toMatchObject({ steps: [{ id: "double", kind: "set" }, { id: "both", with: { a: [{ id: "left", kind: "set" }], b: [{ id: "right" }] } }] });
  });

  it("follows a few references", () => {
    const skill = toSkill("description: x\ninput:\n  a: &f { type: text, optional: true }\n  b: *f\nsteps: [{ id: s, set: {} }]\n");
    expect(skill.input.map(({ name, optional }) => [name, optional])).toEqual([["a", true], ["b", true]]);
  });

  it("has the same canonical content whatever its comments and order", () => {
    expect(canonicalContent("a: 1\nb: 2 # note\n")).toBe(canonicalContent("b: 2\na: 1\n"));
    expect(canonicalContent("a: 1", "ru: [x]")).not.toBe(canonicalContent("a: 1"));
    expect(canonicalContent("a: {")).toContain("a: {");
  });
});

const HEAD = "description: x\ninput: { price: money, kg: number }\nsteps:\n";

/** File text, where and which rule, words of the message. */
const RULES: readonly (readonly [string, readonly string[], RegExp])[] = [
  [`${HEAD}  - id: s\n    set: { a: "\${{ input.pric }}" }\n`, ["5:20 unknown_input"], /no input pric\. Did you mean price\?/],
  [`${HEAD}  - id: s\n    set: { a: "\${{ input.zzz }}" }\n`, ["5:20 unknown_input"], /There are: price, kg\. Add zzz to input/],
  [`${HEAD}  - id: s\n    set:\n      a: \${{ 1 + pric }}\n`, ["6:18 unknown_name"], /Did you mean input\.price\?/],
  [`${HEAD}  - id: s\n    set: { a: "\${{ qqqqqq }}" }\n`, ["5:20 unknown_name"], /Visible here: input, run\. Text goes in quotes: 'qqqqqq'/],
  [`${HEAD}  - id: s\n    set: { a: "\${{ t.a }}" }\n  - id: t\n    set: {}\n`, ["5:20 later_step"], /Move t above/],
  [`${HEAD}  - id: s\n    set: { a: "\${{ s.a }}" }\n`, ["5:20 later_step"], /runs later/],
  [`${HEAD}  - { id: s, set: {} }\n  - { id: t, set: {} }\n  - { id: u, needs: [s], set: { a: "\${{ t.b }}" } }\n`, ["6:41 not_needed"], /Add t to needs/],
  [`${HEAD}  - { id: ask_price, set: {} }\n  - { id: t, needs: [ask_prise], set: {} }\n`, ["5:22 unknown_step"], /Did you mean ask_price\?/],
  [`${HEAD}  - { id: s, needs: [t], set: {} }\n  - { id: t, set: {} }\n`, ["4:22 later_step"], /stands below/],
  [`${HEAD}  - id: s\n    set: { a: "\${{ 1 + }}" }\n`, ["5:23 wrong_expression"], /the end of the expression/],
  [`${HEAD}  - id: s\n    set: { a: "\${{ rond(1) }}" }\n`, ["5:20 wrong_expression"], /Did you mean round\?/],
  [`${HEAD}  - id: s\n    if: input.kgg > 1\n    set: {}\n`, ["5:9 unknown_input"], /Did you mean kg\?/],
  [`${HEAD}  - id: s\n    htpp: { get: / }\n`, ["5:5 unknown_key"], /Did you mean http\?/],
  [`${HEAD}  - id: s\n    http: { gte: / }\n`, ["5:13 unknown_key"], /Did you mean get\?/],
  [`${HEAD}  - id: s\n    http: { get: /, as: jsno }\n`, ["5:25 wrong_value"], /Did you mean json\?/],
  [`${HEAD}  - id: s\n    sql: { qery: x }\n`, ["5:10 missing_key", "5:12 unknown_key"], /query/],
  [`${HEAD}  - id: s\n    set: {}\n    tiemout: 3s\n`, ["6:5 unknown_key"], /Did you mean timeout\?/],
  [`${HEAD}  - id: s\n    set: {}\n    timeout: soon\n`, ["6:14 wrong_duration"], /10s, 5m/],
  [`${HEAD}  - id: s\n    set: {}\n    http: { get: / }\n`, ["6:5 two_kinds"], /two steps/],
  [`${HEAD}  - id: s\n`, ["4:5 no_kind"], /set, sql, http/],
  [`${HEAD}  - set: {}\n`, ["4:5 missing_key"], /key id is missing/],
  [`${HEAD}  - just text\n`, ["4:5 wrong_type"], /map of keys/],
  [`${HEAD}  - { id: s, set: {} }\n  - { id: s, set: {} }\n`, ["5:11 duplicate_id"], /already a step s/],
  [`${HEAD}  - { id: input, set: {} }\n`, ["4:11 reserved_name"], /reserved/],
  [`${HEAD}  - { id: a-b, set: {} }\n`, ["4:11 wrong_name"], /Latin letters, digits and _/],
  [`${HEAD}  - id: s\n    foreach: { in: [], steps: [{ id: t, set: { a: "\${{ itme }}" } }] }\n`, ["5:56 unknown_name"], /Did you mean item\?/],
  [`${HEAD}  - id: s\n    foreach: { in: [], steps: none }\n`, ["5:31 wrong_type"], /list of steps/],
  [`${HEAD}  - { id: s, set: {} }\nanswer: "\${{ outptu.x }}"\n`, ["5:14 unknown_name"], /Did you mean output\?/],
  [`${HEAD}  - { id: s, set: {} }\noutput: { x: "\${{ output.y }}" }\n`, ["5:19 unknown_name"], /name output/],
  [`${HEAD}  - { id: s, set: {} }\napproval: { by: boss }\n`, ["5:17 wrong_value"], /owner, manager/],
  [`${HEAD}  - { id: s, set: {} }\nversion: 1.0\n`, ["5:10 wrong_type"], /Put it in quotes: "1"/],
  [`${HEAD}  - { id: s, set: {} }\nversion: "1"\n`, ["5:10 wrong_version"], /1\.2\.0/],
  [`${HEAD}  - { id: s, set: {} }\nrisk: 99\n`, ["5:7 too_large"], /at most 20/],
  [`${HEAD}  - { id: s, set: {} }\nid: other/name\n`, ["5:5 wrong_id"], /file name says oysters\/calculate_margin/],
  [`${HEAD}  - { id: s, set: {} }\ndescripton: y\n`, ["5:1 unknown_key"], /Did you mean description\?/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: nubmer } }\n", ["3:22 wrong_value"], /Did you mean number\?/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { unit: kg } }\n", ["3:14 missing_key"], /has no type/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: number, abve: 0 } }\n", ["3:30 unknown_key"], /Did you mean above\?/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: number, min: 5, max: 1 } }\n", ["3:43 empty_range"], /above the upper bound/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: choice } }\n", ["3:22 missing_key"], /one_of/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { c: { type: choice, one_of: [USD], default: UDS } }\n", ["3:53 wrong_default"], /Did you mean USD\?/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { c: { type: text, many: true, default: x } }\n", ["3:48 wrong_default"], /not a list/],
  ["description: x\nsteps: [{ id: s, set: {} }]\ninput: { цена: number }\n", ["3:10 wrong_name"], /Latin letters/],
  ["description: {}\nsteps: [{ id: s, set: {} }]\n", ["1:14 wrong_value"], /ru or en/],
  ["steps: []\n", ["1:1 missing_key", "1:8 too_small"], /description/],
  ["just text\n", ["1:1 not_a_skill"], /map of keys/],
  ["", ["1:1 not_a_skill"], /map of keys/],
];

describe("a mistake is told with its place, rule and mend", () => {
  it.each(RULES)("%s", (text, places, words) => {
    expect(toPlaces(text)).toEqual(places);
    expect(toMistakes(text).map(toEnglish).join(" ")).toMatch(words);
    for (const { message, mend } of toMistakes(text)) for (const one of [message, mend]) expect(one).toMatchObject({ ru: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
  });

  it("tells all of them, not the first", () => {
    const text = `descrption: x\ninput: { kg: nubmer }\nsteps:\n  - id: a\n    set: { x: "\${{ input.gk }}", y: "\${{ 1 + }}" }\n  - id: a\n    sql: \${{ later.x }}\n    retyr: 1\n`;
    expect(toPlaces(text)).toEqual(["1:1 missing_key", "1:1 unknown_key", "2:14 wrong_value", "5:20 unknown_input", "5:45 wrong_expression", "6:9 duplicate_id", "7:14 unknown_name", "8:5 unknown_key"]);
  });

  it("points into the phrases file", () => {
    const answer = parse(MARGIN, undefined, "ru: [a]\nde: [b]\n");
    expect(answer).toMatchObject({ mistakes: [{ at: { file: "skills/oysters/calculate_margin.phrases.yaml", line: 2, column: 1 }, rule: "unknown_key" }] });
  });

  it.each(["skills/oysters/run.yaml", "skills/connectors/x.yaml", "Margin.yaml"])("refuses the path %s", (path) => {
    expect(toMistakes(MARGIN, path).map(({ rule }) => rule)).toEqual(["wrong_id"]);
  });

  it("stops at five levels of steps", () => {
    const nest = (depth: number): string => (depth === 0 ? "[{ id: end, set: {} }]" : `[{ id: s${depth}, parallel: { a: ${nest(depth - 1)} } }]`);
    expect(toSkill(`description: x\nsteps: ${nest(5)}\n`).steps).toHaveLength(1);
    expect(toMistakes(`description: x\nsteps: ${nest(6)}\n`).map(({ rule }) => rule)).toEqual(["too_deep"]);
  });
});

describe("any text at all", () => {
  const piece = fc.constantFrom("description: x", "steps:", "  - id: a", "    set:", "      b: ", "${{ input.x }}", "input:", "  kg: number", "{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "#", '"', "'", "&a ", "*a", "!t ", "|", ">", "\t", "---", "output:", "? ", "null", "1e999", "<<: *a");
  it("never makes the parser throw", () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")), (text) => {
      const answer = parse(text);
      if ("mistakes" in answer) expect(answer.mistakes.length).toBeGreaterThan(0);
      canonicalContent(text);
    }), { numRuns: 600 });
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void parse(text)));
  });
  it("of any JSON shape", () => {
    fc.assert(fc.property(fc.record({ description: fc.jsonValue(), input: fc.jsonValue(), steps: fc.jsonValue(), output: fc.jsonValue(), approval: fc.jsonValue() }), (value) => {
      expect("mistakes" in parse(JSON.stringify(value))).toBe(true);
    }), { numRuns: 200 });
  });
});

it("describes itself to editors", () => {
  const schema = skillJsonSchema(KINDS);
  expect(schema).toMatchObject({
    required: ["description", "steps"],
    properties: { steps: { $ref: "#/$defs/steps" } },
    $defs: { steps: { items: { oneOf: expect.arrayContaining([expect.objectContaining({ required: ["id", "foreach"] })]) } } },
  });
  const steps = JSON.stringify(schema["$defs"]);
  expect(steps).toContain('"foreach":{"description":"What foreach does","type":"object","properties":{"in":{},"steps":{"$ref":"#/$defs/steps"}}');
});
