import { describe, expect, it } from "vitest";
import type { FileMistake } from "../domain/refusal.ts";
import { EXAMPLE_KINDS } from "./example-kinds.ts";
import { parseSkillFile } from "./skill-file.ts";

const OK = "description: x\nsteps: [{ id: s, set: {} }]\n";

function parse(text: string, path = "skills/oysters/calculate_margin.yaml", phrases?: string) {
  return parseSkillFile({ path, text, phrases, kinds: EXAMPLE_KINDS });
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

const HEAD = "description: x\ninput: { price: money, kg: number }\nsteps:\n";

/** File text, where and which rule, words of the message. */
const RULES: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ run.todey }}" }\n`,
    ["5:20 unknown_run_fact"],
    /run has no todey\. Did you mean run\.today\?/,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ run.data }}" }\noutput: { b: "\${{ run.data + run.qqqqqq }}" }\n`,
    ["5:20 unknown_run_fact", "6:30 unknown_run_fact"],
    /There are: run\.id, run\.today, run\.now, run\.currency, run\.locale\./,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ input.pric }}" }\n`,
    ["5:20 unknown_input"],
    /no input pric\. Did you mean price\?/,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ input.zzz }}" }\n`,
    ["5:20 unknown_input"],
    /There are: price, kg\. Add zzz to input/,
  ],
  [
    `${HEAD}  - id: s\n    set:\n      a: \${{ 1 + pric }}\n`,
    ["6:18 unknown_name"],
    /Did you mean input\.price\?/,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ qqqqqq }}" }\n`,
    ["5:20 unknown_name"],
    /Visible here: input, run\. Text goes in quotes: 'qqqqqq'/,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ t.a }}" }\n  - id: t\n    set: {}\n`,
    ["5:20 later_step"],
    /Move t above/,
  ],
  [`${HEAD}  - id: s\n    set: { a: "\${{ s.a }}" }\n`, ["5:20 later_step"], /runs later/],
  [
    `${HEAD}  - { id: s, set: {} }\n  - { id: t, set: {} }\n  - { id: u, needs: [s], set: { a: "\${{ t.b }}" } }\n`,
    ["6:41 not_needed"],
    /Add t to needs/,
  ],
  [
    `${HEAD}  - { id: ask_price, set: {} }\n  - { id: t, needs: [ask_prise], set: {} }\n`,
    ["5:22 unknown_step"],
    /Did you mean ask_price\?/,
  ],
  [
    `${HEAD}  - { id: s, needs: [t], set: {} }\n  - { id: t, set: {} }\n`,
    ["4:22 later_step"],
    /stands below/,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ 1 + }}" }\n`,
    ["5:23 wrong_expression"],
    /the end of the expression/,
  ],
  [
    `${HEAD}  - id: s\n    set: { a: "\${{ rond(1) }}" }\n`,
    ["5:20 wrong_expression"],
    /Did you mean round\?/,
  ],
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
  [
    `${HEAD}  - id: s\n    foreach: { in: [], steps: [{ id: t, set: { a: "\${{ itme }}" } }] }\n`,
    ["5:56 unknown_name"],
    /Did you mean item\?/,
  ],
  [`${HEAD}  - id: s\n    foreach: { in: [], steps: none }\n`, ["5:31 wrong_type"], /list of steps/],
  [
    `${HEAD}  - { id: s, set: {} }\nanswer: "\${{ outptu.x }}"\n`,
    ["5:14 unknown_name"],
    /Did you mean output\?/,
  ],
  [
    `${HEAD}  - { id: s, set: {} }\noutput: { x: "\${{ output.y }}" }\n`,
    ["5:19 unknown_name"],
    /name output/,
  ],
  [`${HEAD}  - { id: s, set: {} }\napproval: { by: boss }\n`, ["5:17 wrong_value"], /owner, manager/],
  [`${HEAD}  - { id: s, set: {} }\nversion: 1.0\n`, ["5:10 wrong_type"], /Put it in quotes: "1"/],
  [`${HEAD}  - { id: s, set: {} }\nversion: "1"\n`, ["5:10 wrong_version"], /1\.2\.0/],
  [`${HEAD}  - { id: s, set: {} }\nrisk: 99\n`, ["5:7 too_large"], /at most 20/],
  [
    `${HEAD}  - { id: s, set: {} }\nid: other/name\n`,
    ["5:5 wrong_id"],
    /file name says oysters\/calculate_margin/,
  ],
  [`${HEAD}  - { id: s, set: {} }\ndescripton: y\n`, ["5:1 unknown_key"], /Did you mean description\?/],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: nubmer } }\n",
    ["3:22 wrong_value"],
    /Did you mean number\?/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { unit: kg } }\n",
    ["3:14 missing_key"],
    /has no type/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: number, abve: 0 } }\n",
    ["3:30 unknown_key"],
    /Did you mean above\?/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: number, min: 5, max: 1 } }\n",
    ["3:43 empty_range"],
    /above the upper bound/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { kg: { type: choice } }\n",
    ["3:22 missing_key"],
    /one_of/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { c: { type: choice, one_of: [USD], default: UDS } }\n",
    ["3:53 wrong_default"],
    /Did you mean USD\?/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { c: { type: text, many: true, default: x } }\n",
    ["3:48 wrong_default"],
    /not a list/,
  ],
  [
    "description: x\nsteps: [{ id: s, set: {} }]\ninput: { цена: number }\n",
    ["3:10 wrong_name"],
    /Latin letters/,
  ],
  ["description: {}\nsteps: [{ id: s, set: {} }]\n", ["1:14 wrong_value"], /ru or en/],
  [
    `${HEAD}  - { id: s, set: {} }\ndeprecated: { reason: old, replacement: nowhere }\n`,
    ["5:41 wrong_id"],
    /domain\/name/,
  ],
  [
    'description: x\nsteps: [{ id: s, set: { a: "${{ pric }}" } }]\n',
    ["2:33 unknown_name"],
    /Visible here: input, run/,
  ],
  ["steps: []\n", ["1:1 missing_key", "1:8 too_small"], /description/],
  ["just text\n", ["1:1 not_a_skill"], /map of keys/],
  ["", ["1:1 not_a_skill"], /map of keys/],
];

describe("a mistake is told with its place, rule and mend", () => {
  it.each(RULES)("%s", (text, places, words) => {
    expect(toPlaces(text)).toEqual(places);
    expect(toMistakes(text).map(toEnglish).join(" ")).toMatch(words);
    for (const { message, mend } of toMistakes(text))
      for (const one of [message, mend])
        expect(one).toMatchObject({ ru: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
  });

  it("tells all of them, not the first", () => {
    const text = `descrption: x\ninput: { kg: nubmer }\nsteps:\n  - id: a\n    set: { x: "\${{ input.gk }}", y: "\${{ 1 + }}" }\n  - id: a\n    sql: \${{ later.x }}\n    retyr: 1\n`;
    expect(toPlaces(text)).toEqual([
      "1:1 missing_key",
      "1:1 unknown_key",
      "2:14 wrong_value",
      "5:20 unknown_input",
      "5:45 wrong_expression",
      "6:9 duplicate_id",
      "7:14 unknown_name",
      "8:5 unknown_key",
    ]);
  });

  it("points into the phrases file", () => {
    const answer = parse(OK, undefined, "ru: [a]\nde: [b]\n");
    expect(answer).toMatchObject({
      mistakes: [
        {
          at: { file: "skills/oysters/calculate_margin.phrases.yaml", line: 2, column: 1 },
          rule: "unknown_key",
        },
      ],
    });
  });

  it.each(["skills/oysters/run.yaml", "skills/connectors/x.yaml", "Margin.yaml"])(
    "refuses the path %s",
    (path) => {
      expect(toMistakes(OK, path).map(({ rule }) => rule)).toEqual(["wrong_id"]);
    },
  );

  it("stops at five levels of steps", () => {
    const nest = (depth: number): string =>
      depth === 0 ? "[{ id: end, set: {} }]" : `[{ id: s${depth}, parallel: { a: ${nest(depth - 1)} } }]`;
    expect(parse(`description: x\nsteps: ${nest(5)}\n`)).toHaveProperty("skill");
    expect(toMistakes(`description: x\nsteps: ${nest(6)}\n`).map(({ rule }) => rule)).toEqual(["too_deep"]);
  });
});
