import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { answerForm } from "./answer-form.ts";

const ASKED: Json = {
  run_id: "run_0_x",
  form: { ask: "Whom to ship to?" },
  missing: [
    { name: "kg", ask: "How many kilograms?", schema: { type: "number" } },
    { name: "size", ask: "Which?", schema: { enum: ["small", "large"] }, optional: true },
  ],
};

async function answer(typed: readonly string[]) {
  const [left, asked, sent, shown]: [string[], string[], Json[], string[]] = [[...typed], [], [], []];
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(left.shift() ?? "");
  };
  // What this command does not use is left out.
  const shell = {
    screen: {
      paint: plain,
      width: null,
      show: (lines: readonly string[]) => shown.push(...lines),
      during: (_: string, work: Promise<unknown>) => work,
    },
    locale: "en",
    call: async (_: string, { json }: { json: Json }) => {
      sent.push(json);
      const { kg } = json["input"] as Json;
      return kg === "-1"
        ? { status: 400, body: { code: "input_invalid", field: "kg", detail: "more than 0" } }
        : { status: 200, body: { status: "succeeded" } };
    },
  } as unknown as Shell;
  const answered = await answerForm(ASKED, { ask, askSecret: ask }, shell);
  return { answered, asked, sent, shown };
}

it("asks each value, and again only the one that did not fit", async () => {
  const { answered, asked, sent, shown } = await answer(["-1", "", "2,5"]);
  expect(asked).toEqual(["How many kilograms?", "Which? (small / large)", "How many kilograms?"]);
  expect(shown).toEqual(["Whom to ship to?", "  more than 0"]);
  expect(sent.at(-1)).toEqual({ input: { kg: "2,5" } });
  expect(answered?.body).toEqual({ status: "succeeded" });
});

it("leaves the question open where nothing is said to what is needed", async () => {
  const { answered, sent } = await answer([""]);
  expect(answered).toBeNull();
  expect(sent).toEqual([]);
});
