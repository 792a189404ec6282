import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { InputField, Skill } from "../../kernel/domain/skill.ts";
import { toSkillInput } from "./payload-input.ts";

const field = (
  name: string,
  type: InputField["type"] = "text",
  more: Partial<InputField> = {},
): InputField => ({ name, type, ask: name, optional: false, ...more });
const aSkill = (...input: InputField[]): Skill => ({
  id: "a/b",
  version: "1.0.0",
  hash: "h",
  description: "",
  tags: [],
  phrases: { ru: [], en: [], not: [] },
  input,
  steps: [],
  output: {},
  baseRisk: 0,
  timeoutMs: 1,
});
const png = { sha256: "a".repeat(64), name: "a.png", type: "image/png", size: 1 };

const CASES: readonly [string, Skill, unknown, object][] = [
  [
    "members by name",
    aSkill(field("kg", "number")),
    { kg: 4, id: "evt_1" },
    { input: { kg: 4 }, query: null, files: [] },
  ],
  [
    "members of an inner payload",
    aSkill(field("kg", "number")),
    { payload: { kg: 4 } },
    { input: { kg: 4 }, query: null, files: [] },
  ],
  [
    "members of an inner input, as a run is called with",
    aSkill(field("kg", "number")),
    { input: { kg: 4 }, id: "evt_1" },
    { input: { kg: 4 }, query: null, files: [] },
  ],
  [
    "a text into an input named input",
    aSkill(field("input"), field("b")),
    { input: "ok" },
    { input: { input: "ok" }, query: null, files: [] },
  ],
  [
    "a text into the one text it asks for",
    aSkill(field("topic")),
    { payload: "hello" },
    { input: { topic: "hello" }, query: null, files: [] },
  ],
  [
    "a text into an input named payload",
    aSkill(field("payload"), field("b")),
    { payload: "ok" },
    { input: { payload: "ok" }, query: null, files: [] },
  ],
  [
    "a text as a request where it could be several values",
    aSkill(field("kg", "number"), field("price", "money")),
    { payload: "40 kg" },
    { input: {}, query: "40 kg", files: [] },
  ],
  ["a bare text", aSkill(field("topic")), "hello", { input: { topic: "hello" }, query: null, files: [] }],
  [
    "a list",
    aSkill(field("topic", "text", { optional: true })),
    [1, 2],
    { input: {}, query: null, files: [] },
  ],
  [
    "files, for the inputs that take them",
    aSkill(field("doc", "file")),
    { attachments: [png] },
    { input: {}, query: null, files: [png] },
  ],
  [
    "several files",
    aSkill(field("docs", "file", { many: true })),
    { attachments: [png, png] },
    { input: {}, query: null, files: [png, png] },
  ],
  [
    "null members as they are",
    aSkill(field("kg", "number")),
    { kg: null },
    { input: { kg: null }, query: null, files: [] },
  ],
];

it.each(CASES.map(([name, ...rest]) => ({ name, rest })))(
  "takes $name",
  ({ rest: [skill, payload, expected] }) => {
    expect(toSkillInput(skill, payload)).toEqual(expected);
  },
);

it("takes the delivery that README sends", () => {
  const readme = readFileSync("README.md", "utf8");
  const [, body = ""] = /^BODY='(.+?)'/m.exec(readme) ?? [];
  const skill = aSkill(field("kg", "number"), field("price", "money"));
  expect(toSkillInput(skill, JSON.parse(body)).input).toEqual({ kg: 40, price: 1900 });
});
