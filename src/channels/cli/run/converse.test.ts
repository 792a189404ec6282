import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { converse } from "./converse.ts";

const UNCLEAR: Json = {
  status: "needs_input",
  skill: "finance/track_expenses",
  missing: [{ name: "amount", ask: "Какая сумма?", said: ["2", "350"], schema: { type: "number" } }],
};

it("a question at the terminal says which words of the request were unclear", async () => {
  const answers = [UNCLEAR, { status: "succeeded" }];
  const asked: string[] = [];
  const ask = (question: string) => Promise.resolve(asked.push(question) > 0 ? "700" : "");
  const sent: Json[] = [];
  // What this command does not use is left out.
  const shell = {
    screen: { paint: plain, width: null, show: () => undefined, during: (_: string, work: unknown) => work },
    locale: "ru",
    isJson: false,
    asker: { ask, askSecret: ask },
    call: async (_: string, { json }: { json: Json }) => {
      sent.push(json);
      return { status: 200, body: answers.shift(), text: "", headers: {} };
    },
  } as unknown as Shell;
  await converse({ route: "POST /run", body: { query: "расход 2 по 350" } } as never, shell);
  expect(asked).toEqual(["Какая сумма? (неясно: «2», «350»)"]);
  expect(sent.at(-1)).toMatchObject({ input: { amount: "700" } });
});
