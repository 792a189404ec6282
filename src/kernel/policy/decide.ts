// May this person do this, and who must say yes first? A deny overrides; a write or a delete that no rule allows is denied; reads
// are open. A condition that cannot be told counts as the safe side: a deny denies, an allow does not allow, an ask asks.
import type { Role } from "../domain/principal.ts";
import { ROLES } from "../domain/principal.ts";
import type { BothLanguages } from "../domain/text.ts";
import type { Facts } from "./policy.ts";
import type { CompiledRule, PolicySet } from "./policy-set.ts";

/** A rule that is for these facts. `uncounted`: it can only be told once the things that would change are counted. */
export interface Match {
  readonly rule: CompiledRule;
  readonly told: "yes" | "no" | "uncounted" | "failed";
  readonly why?: BothLanguages;
}

export interface PolicyApproval {
  /** `unknown` until the things that would change are counted. */
  readonly needed: "yes" | "no" | "unknown";
  /** The least that may say yes; null where nobody need be asked. */
  readonly by: Role | null;
  /** The rule that asks for the greatest of them. */
  readonly rule: CompiledRule | null;
}

export interface Verdict {
  readonly effect: "allow" | "deny";
  /** Null: none decided. Reads are open then, and nothing else is. */
  readonly rule: CompiledRule | null;
  readonly approval: PolicyApproval;
  /** It may be told otherwise once the things that would change are counted. */
  readonly isOpen: boolean;
  /** Every rule that is for these facts, what its condition came to with it. */
  readonly matches: readonly Match[];
}

export const NOBODY_ASKED: PolicyApproval = { needed: "no", by: null, rule: null };

export function decide({ rules }: PolicySet, facts: Facts): Verdict {
  const matches = rules.flatMap((rule) => (rule.isFor(facts) ? [toMatch(rule, facts)] : []));
  const { isAllowed, by, isOpen } = toPermission(matches, facts.action === "read");
  const isAsked = isAllowed && facts.action !== "read";
  return {
    effect: isAllowed ? "allow" : "deny",
    rule: by?.rule ?? null,
    approval: isAsked ? toApproval(matches) : NOBODY_ASKED,
    isOpen,
    matches,
  };
}

interface Permission {
  readonly isAllowed: boolean;
  readonly by: Match | undefined;
  readonly isOpen: boolean;
}

function toPermission(matches: readonly Match[], isRead: boolean): Permission {
  const of = (effect: string, ...told: Match["told"][]): Match | undefined =>
    matches.find((match) => match.rule.rule.effect === effect && told.includes(match.told));
  const deny = of("deny", "yes", "failed");
  if (deny) return { isAllowed: false, by: deny, isOpen: false };
  const allow = of("allow", "yes") ?? of("allow", "uncounted");
  if (!allow && !isRead) return { isAllowed: false, by: undefined, isOpen: false };
  const isOpen = (!isRead && allow?.told === "uncounted") || of("deny", "uncounted") !== undefined;
  return { isAllowed: true, by: allow, isOpen };
}

/** Whose yes, whatever may be done: for what asks about approvals alone. */
export function findApproval({ rules }: PolicySet, facts: Facts): PolicyApproval {
  if (facts.action === "read") return NOBODY_ASKED;
  return toApproval(rules.flatMap((rule) => (rule.isFor(facts) ? [toMatch(rule, facts)] : [])));
}

function toMatch(rule: CompiledRule, facts: Facts): Match {
  return { rule, ...(rule.condition === null ? { told: "yes" } : rule.condition(facts)) };
}

function toApproval(matches: readonly Match[]): PolicyApproval {
  const asking = matches.filter(({ rule, told }) => rule.rule.effect === "ask" && told !== "no");
  const isSure = asking.some(({ told }) => told !== "uncounted");
  const [strictest] = asking.toSorted((one, other) => toRank(one) - toRank(other));
  return {
    needed: isSure ? "yes" : asking.length > 0 ? "unknown" : "no",
    by: strictest?.rule.rule.by ?? null,
    rule: strictest?.rule ?? null,
  };
}

/** Greater roles come first, and of one role what is sure. */
function toRank({ rule, told }: Match): number {
  return 2 * ROLES.indexOf(rule.rule.by) + (told === "uncounted" ? 1 : 0);
}
