// The examples of a policy: what it says of a few cases that its author wrote down. Told by its own rules and those that come with
// SkillOS, so that a file can be checked alone.
import type { FileMistake } from "../domain/refusal.ts";
import { findNearestName } from "../language/nearest-name.ts";
import { toMistake, toMistakeWords } from "../language/skill-file-mistake.ts";
import { decide, findApproval } from "./decide.ts";
import { parseTimeFacts } from "./facts-time.ts";
import type { Facts, Policy, PolicyExample } from "./policy.ts";
import { compileRules, type CompiledRule, type PolicySet } from "./policy-set.ts";

export interface ExampleResult {
  readonly example: PolicyExample;
  readonly passed: boolean;
  readonly outcome: PolicyExample["expect"];
  /** Null: none decided. */
  readonly rule: string | null;
}

export function runExamples(policy: Policy, beside: readonly Policy[]): readonly ExampleResult[] {
  const rules = compileRules([
    { policy, isDefault: false },
    ...beside.map((one) => ({ policy: one, isDefault: true })),
  ]);
  return policy.examples.map((example) => {
    const { outcome, rule } = tell({ rules, policies: [] }, policy, toFacts(example));
    const id = rule?.rule.id ?? null;
    const passed = outcome === example.expect && (example.rule === null || example.rule === id);
    return { example, passed, outcome, rule: id };
  });
}

function tell(
  set: PolicySet,
  { name }: Policy,
  facts: Facts,
): { readonly outcome: PolicyExample["expect"]; readonly rule: CompiledRule | null } {
  if (name === "permission_policies") {
    const { effect, rule } = decide(set, facts);
    return { outcome: effect, rule };
  }
  const { needed, rule } = findApproval(set, facts);
  return needed === "no" ? { outcome: "allow", rule: null } : { outcome: "ask", rule };
}

function toFacts(example: PolicyExample): Facts {
  const { subject, skill, action, effects, amounts, input, channel, risk, time } = example;
  const [domain = ""] = skill.id.split("/");
  return {
    ...{ subject, action, effects, amounts, input, channel, risk },
    skill: { ...skill, domain, version: "" },
    time: parseTimeFacts(time),
    isFinal: true,
  };
}

export function findFailedExamples(policy: Policy, beside: readonly Policy[]): readonly FileMistake[] {
  const ids = [policy, ...beside].flatMap(({ rules }) => rules.map(({ id }) => id));
  return runExamples(policy, beside).flatMap(({ example, passed, outcome, rule }) => {
    if (passed) return [];
    const nearest =
      example.rule === null || ids.includes(example.rule) ? null : findNearestName(example.rule, ids);
    const by =
      rule === null
        ? { en: "no rule decides", ru: "ни одно правило не решает" }
        : { en: `the rule ${rule} decides`, ru: `решает правило ${rule}` };
    const wanted = example.rule === null ? example.expect : `${example.expect} (${example.rule})`;
    return [
      toMistake(
        example.at,
        toMistakeWords(
          "example_failed",
          {
            en: `Example "${example.name}": ${wanted} is expected, it is ${outcome}: ${by.en}.`,
            ru: `Пример «${example.name}»: ожидается ${wanted}, а выходит ${outcome}: ${by.ru}.`,
          },
          nearest === null
            ? { en: "Mend the rule or the example.", ru: "Исправьте правило или пример." }
            : { en: `Did you mean the rule ${nearest}?`, ru: `Может быть, правило ${nearest}?` },
        ),
      ),
    ];
  });
}
