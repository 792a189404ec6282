import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { carryOutPlan } from "./carry-out-plan.ts";
import { withSeal } from "./plan-file.ts";

const LOOKED: Json = {
  plan: {
    hash: "shown",
    approval: { needed: "yes", by: "owner" },
    manifest: [
      {
        key: "run_1_01k9zzzzzzzzzzzzzzzz9qx4aa:remove:1",
        step: "remove",
        class: "delete",
        target: "quotes",
        total: 2,
        entities: [
          { id: "1", label: "one" },
          { id: "2", label: "two" },
        ],
      },
    ],
  },
};

it("leaving some out agrees to the list that was shown, not to what came to it since", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skillos-plan-"));
  const path = join(folder, "plan.json");
  const run_id = "run_1_01k9zzzzzzzzzzzzzzzz9qx4aa";
  writeFileSync(path, JSON.stringify(withSeal({ request: { skill: "a/b" }, plan_hash: "shown", run_id })));
  const typed = ["leave some out", "1", "yes"];
  const sent: Json[] = [];
  const ask = () => Promise.resolve(typed.shift() ?? "");
  // What this command does not use is left out.
  const shell = {
    screen: {
      paint: plain,
      width: null,
      show: () => undefined,
      warn: () => undefined,
      during: (_: string, work: Promise<unknown>) => work,
    },
    locale: "en",
    isJson: false,
    asker: { ask, askSecret: ask },
    call: async (_: string, { json }: { json: Json }) => {
      sent.push(json);
      return { status: 200, body: LOOKED, text: "", headers: {} };
    },
  } as unknown as Shell;
  await carryOutPlan(path, { query: null, body: {} } as never, shell);
  rmSync(folder, { recursive: true });
  expect(sent.filter(({ dry_run: trial }) => trial !== true)).toEqual([
    {
      skill: "a/b",
      execute: true,
      plan_hash: "shown",
      plan_run: run_id,
      approval: "approved",
      exclude: ["remove:1#1"],
    },
  ]);
});
