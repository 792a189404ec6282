// The guide to policies shows files that are taken as they stand, and the rules that hold without any.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { toDefaults } from "../../src/kernel/policy/default-policies.ts";
import { parsePolicyFile } from "../../src/kernel/policy/policy-file.ts";
import type { PolicyRule } from "../../src/kernel/policy/policy.ts";
import { root } from "./sources.ts";

const guide = readFileSync(join(root, "docs/policies.md"), "utf8");
const blocks = [...guide.matchAll(/```(yaml|json)\n(.*?)```/gs)].map(([, kind = "", text = ""]) => ({
  kind,
  text,
}));

function parse({ kind, text }: { kind: string; text: string }, beside = toDefaults()): readonly PolicyRule[] {
  const isApproval = /approval_policies|requires_approval/.test(text);
  const name = isApproval ? "approval_policies" : "permission_policies";
  const parsed = parsePolicyFile(`policies/${name}.${kind}`, text, beside);
  if ("mistakes" in parsed) throw new Error(JSON.stringify(parsed.mistakes));
  return parsed.policy.rules;
}

it("shows files that are taken", () => {
  expect(blocks).toHaveLength(6);
  for (const block of blocks.slice(2)) expect(parse(block).length).toBeGreaterThan(0);
});

it("shows the default rules as they are", () => {
  const withoutPlace = (rule: PolicyRule) => ({ ...rule, at: null });
  const shown = blocks.slice(0, 2).flatMap((block) => parse(block, []).map(withoutPlace));
  expect(shown).toEqual(toDefaults().flatMap(({ rules }) => rules.map(withoutPlace)));
});
