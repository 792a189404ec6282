import { expect, it } from "vitest";
import { COMMANDS } from "../commands/index.ts";
import { toHelpPage } from "./help-page.ts";

it("is docs/cli.md (vitest -u writes it anew)", async () => {
  await expect(toHelpPage(COMMANDS)).toMatchFileSnapshot("../../../../docs/cli.md");
});

it("has every command of the specification's list that this version promises", () => {
  const names = COMMANDS.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
  const promised =
    "run,run-skill,route,add-skill,validate,validate-skills,test,logs,runs,runs resolve,budgets,budgets set,feedback,data import,eval,config explain,metrics,schedule add,schedule tick,job enqueue,job work,webhook handle,models,secrets init,approvals,doctor";
  expect(promised.split(",").filter((name) => !names.includes(name))).toEqual([]);
});
