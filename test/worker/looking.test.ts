// A request to be shown something, through the whole application: no skill that changes things is offered for it.
import { expect, it } from "vitest";
import { toCaller } from "./caller.ts";

const phrases = `ru: [удали старые черновики, убери черновики, почисти черновики, сотри старые черновики]
en: [delete the old drafts, remove the drafts, clean up the drafts, erase old drafts]
`;
const step = (sql: string): string => `description: { en: Old drafts, ru: Старые черновики }
input: { before: { type: date, ask: { en: "Until when?", ru: "До какого дня?" } } }
steps:
  - id: one
    sql: ${sql}
output: { rows: "\${{ one }}" }
`;

it("leads to a skill that reads and not to one that deletes", async () => {
  const shown = async (sql: string): Promise<unknown> => {
    const caller = await toCaller();
    const files = [
      { path: "test/old.yaml", text: step(sql) },
      { path: "test/old.phrases.yaml", text: phrases },
    ];
    await caller.ask("POST /registry/files", { json: { files } });
    return (await caller.ask("POST /run", { json: { query: "show the old drafts" } })).body["status"];
  };
  expect(await shown("delete from drafts where made < ${{ input.before }}")).toBe("no_skill_found");
  expect(await shown("select * from drafts where made < ${{ input.before }}")).toBe("needs_input");
});
