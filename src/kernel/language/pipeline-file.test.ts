import { describe, expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import type { InputField, Skill } from "../domain/skill.ts";
import { STEP_KINDS } from "../../steps/index.ts";
import { toPipelineFile, type PipelineStep } from "./pipeline-file.ts";
import { parseSkillFile } from "./skill-file.ts";

const a = (name: string, changes: Partial<InputField> = {}): InputField => ({
  ...{ name, type: "number", ask: `${name}?`, optional: false },
  ...changes,
});
const KG = a("kg", { unit: "kg" });
const PRICE = a("price", { type: "money", per: "kg" });

const margin = aSkill({
  id: "shop/margin",
  description: { ru: "Маржа", en: "Margin" },
  input: [KG, PRICE],
  output: {
    profit: "${{ money(sums.revenue - sums.cost, 'RUB') }}",
    percent: "${{ round(sums.p, 1) }}",
    batch: "${{ b }}",
  },
  names: { ru: { profit: "прибыль", percent: "маржа, %", kg: "кг" } },
});
const convert = aSkill({
  id: "money/convert",
  description: "Convert",
  input: [
    a("amount", { above: 0 }),
    a("from", { type: "choice", oneOf: [{ value: "USD", words: ["бакс"] }] }),
  ],
});
const quote = aSkill({ id: "shop/quote", input: [a("customer", { type: "text" }), KG] });

const aStep = (skill: Skill, changes: Partial<PipelineStep> = {}): PipelineStep => ({
  ...{ text: "", skill, said: {}, missing: skill.input.map(({ name }) => name) },
  ...changes,
});

/** As the registry reads it. */
function make(...steps: readonly PipelineStep[]) {
  const file = toPipelineFile(
    "считай маржу, потом остальное",
    steps,
    (id) => id === "shop/margin_then_quote",
  );
  const read = parseSkillFile({
    path: `${file.skill}.yaml`,
    text: file.yaml,
    phrases: undefined,
    kinds: STEP_KINDS,
  });
  if (!("skill" in read)) throw new Error(JSON.stringify(read.mistakes, null, 1));
  return { file, skill: read.skill, calls: read.skill.steps.map((step) => step.with) };
}

describe("the file of a pipeline", () => {
  it("calls each skill with what was said, and is found by the sentence", () => {
    const { file, skill, calls } = make(
      aStep(margin, { said: { kg: 40, price: 2000 }, missing: [] }),
      aStep(convert, { said: { amount: 5 }, missing: ["from"] }),
    );
    expect(calls).toEqual([
      { run: "shop/margin", input: { kg: "${{ input.kg }}", price: "${{ input.price }}" } },
      { run: "money/convert", input: { amount: "${{ input.amount }}", from: "${{ input.from }}" } },
    ]);
    expect(skill.input.map(({ name, default: value }) => [name, value])).toEqual([
      ["kg", 40],
      ["price", 2000],
      ["amount", 5],
      ["from", undefined],
    ]);
    expect(skill.input[3]).toMatchObject({ type: "choice", oneOf: [{ value: "USD", words: ["бакс"] }] });
    expect(skill.phrases.ru).toEqual(["считай маржу, потом остальное"]);
    expect(skill.description).toEqual({ ru: "Маржа, потом Convert", en: "Margin, then Convert" });
    expect(skill.names?.ru).toMatchObject({ profit: "прибыль", kg: "кг", margin: "Маржа" });
    expect(file).toMatchObject({ skill: "shop/margin_then_convert", missing: ["from"] });
  });

  it.each([
    ["convert the profit", "${{ margin.profit }}"],
    ["переведи прибыль", "${{ margin.profit }}"],
    ["convert the percent of the profit", "${{ input.amount }}"],
    ["convert the batch", "${{ input.amount }}"],
    ["convert it", "${{ input.amount }}"],
  ])("takes from a step before what its words name, and asks where two would do: %s", (text, amount) => {
    const { calls } = make(aStep(margin), aStep(convert, { text }));
    expect(calls[1]).toMatchObject({ input: { amount } });
  });

  it("takes a namesake of the same kind, and no price per kilogram for a sum", () => {
    const source = aSkill({
      id: "a/source",
      output: { amount: "${{ money(x, 'RUB') }}", price: "${{ round(x) }}", customer: "${{ round(x) }}" },
    });
    expect(make(aStep(source), aStep(convert)).calls[1]).toMatchObject({
      input: { amount: "${{ source.amount }}" },
    });
    expect(make(aStep(source), aStep(margin)).calls[1]).toMatchObject({
      input: { price: "${{ input.price }}" },
    });
    expect(make(aStep(source), aStep(quote)).calls[1]).toMatchObject({
      input: { customer: "${{ input.customer }}" },
    });
    expect(make(aStep(source), aStep({ ...source, id: "b/source" }), aStep(convert)).calls[2]).toMatchObject({
      input: { amount: "${{ input.amount }}" },
    });
  });

  it("asks once for the same thing, and twice for two of one name", () => {
    const said = aStep(margin, { said: { kg: 40 }, missing: ["price"] });
    expect(make(said, aStep(quote)).calls[1]).toMatchObject({ input: { kg: "${{ input.kg }}" } });
    const other = make(said, aStep(quote, { said: { kg: 30 }, missing: ["customer"] }));
    expect(other.calls[1]).toMatchObject({ input: { kg: "${{ input.kg_2 }}" } });
    expect(other.skill.input.find(({ name }) => name === "kg_2")?.default).toBe(30);
    expect(other.file.skill).toBe("shop/margin_then_quote_2");
  });

  it("holds no text that would be an expression, and calls one skill twice", () => {
    const { file, calls } = make(
      aStep(quote, { said: { customer: "${{ run.now }}", kg: 1 }, missing: [] }),
      aStep(margin),
      aStep(quote, { said: { customer: "A: b # c", kg: 1 }, missing: [] }),
    );
    expect(file.yaml).not.toContain("run.now");
    expect(file.missing).toEqual(["customer", "price"]);
    expect(calls[2]).toMatchObject({ input: { customer: "${{ input.customer_2 }}" } });
    expect(file.yaml).toContain("- id: quote_2");
  });
});
