// What a form may ask: what an `answer` of a skill may say.
import { expect, it } from "vitest";
import { form } from "./form.ts";

/** A kind that holds no steps of its own has one shape. */
const takes = (given: object): boolean =>
  typeof form.with !== "function" && form.with.safeParse(given).success;

const fields = { kg: { type: "number" } };

it.each([{}, { ru: "" }, "", { en: "x".repeat(4_001) }])(
  "takes no question %j that asks nothing or too much",
  (ask) => {
    expect(takes({ ask, fields })).toBe(false);
  },
);

it("takes a question once or in two languages", () => {
  for (const ask of ["How much?", { ru: "Сколько?", en: "How much?" }])
    expect(takes({ ask, fields })).toBe(true);
});
