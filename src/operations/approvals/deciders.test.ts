import { expect, it } from "vitest";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import { withWhom } from "./deciders.ts";

const refusal: RefusalOf<"forbidden"> = {
  reason: "forbidden",
  action: "approve a/b",
  rule: "only owner decides",
  role: "member",
  who: ["anna", "boris"],
};
const run = { id: "run_0_krd23x" } as const;

it.each([
  ["approve", /^Ask anna or boris to say yes: `skillos approvals approve r-\w+`\.$/, /согласиться/],
  ["deny", /^Ask anna or boris to say no: `skillos approvals deny r-\w+`\.$/, /отказать.*approvals deny/],
] as const)("who may not %s is told whom to ask for just that", (decision, en, ru) => {
  const { mend } = withWhom(refusal, run, decision);
  expect(mend?.en).toMatch(en);
  expect(mend?.ru).toMatch(ru);
});

it("what mends it otherwise is left as it is", () => {
  const mended = { ...refusal, mend: { en: "Use another key.", ru: "Возьмите другой ключ." } };
  expect(withWhom(mended, run, "approve")).toBe(mended);
});
