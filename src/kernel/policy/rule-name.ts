// What decided, as people read it: the rule, and the line of the file it stands in.
import type { EffectClass } from "../domain/effect.ts";
import type { Verdict } from "./decide.ts";
import type { CompiledRule } from "./policy-set.ts";

export function toRuleName({ rule, effect }: Pick<Verdict, "rule" | "effect">, action: EffectClass): string {
  if (rule !== null) return rule.isDefault ? "default policy" : toPlaceOfRule(rule);
  return effect === "allow" ? "default policy" : `no rule allows to ${action}`;
}

/** `no_weekends (policies/permission_policies.yaml:3)`. */
export function toPlaceOfRule({ rule }: CompiledRule): string {
  return `${rule.id} (${rule.at.file}:${rule.at.line})`;
}
