// A policy as data: what a valid policy file becomes. Conditions stay text; a policy set compiles them once per registry version.
import type { EffectClass } from "../domain/effect.ts";
import type { Role } from "../domain/principal.ts";
import type { Position } from "../domain/refusal.ts";

/** One says who may do what; the other whose yes it needs besides. */
export const POLICY_NAMES = ["permission_policies", "approval_policies"] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

export function isPolicyName(text: string): text is PolicyName {
  return POLICY_NAMES.some((name) => name === text);
}

/** `ask`: it may be done, and somebody has to say yes first. */
export type RuleEffect = "allow" | "deny" | "ask";

/** For what it holds: of a kind that is null, for all. */
export interface Selector {
  readonly roles: readonly Role[] | null;
  readonly users: readonly string[] | null;
  /** Ids with `*` for any letters and `?` for one. */
  readonly skills: readonly string[] | null;
  readonly actions: readonly EffectClass[] | null;
  readonly channels: readonly string[] | null;
}

export interface PolicyRule extends Selector {
  readonly id: string;
  readonly effect: RuleEffect;
  /** Whose yes `ask` asks for, at least. */
  readonly by: Role;
  /** Null: always. */
  readonly when: string | null;
  readonly at: Position;
}

export interface PolicyExample {
  readonly name: string;
  readonly subject: { readonly user: string; readonly role: Role; readonly key: string };
  readonly skill: { readonly id: string; readonly tags: readonly string[]; readonly risk: number };
  readonly action: EffectClass;
  readonly channel: string;
  readonly risk: number;
  readonly amounts: { readonly entities: number | null; readonly cost_usd: number };
  readonly effects: readonly FactEffect[];
  readonly input: Readonly<Record<string, unknown>>;
  /** A moment as the clocks of the tenant show it, `2026-11-28T09:30`. */
  readonly time: string;
  readonly expect: "allow" | "deny" | "ask";
  /** The id of the rule that is to decide; null: any. */
  readonly rule: string | null;
  readonly at: Position;
}

export interface Policy {
  readonly name: PolicyName;
  /** False: the rules that come with SkillOS do not hold beside these. */
  readonly defaults: boolean;
  readonly rules: readonly PolicyRule[];
  readonly examples: readonly PolicyExample[];
  readonly hash: string;
}

/** One thing that a plan would touch, as a condition sees it. */
export interface FactEffect {
  readonly class: EffectClass;
  readonly target: string;
  readonly via: string;
  readonly connector: string;
  readonly step: string;
}

export interface TimeFacts {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/** What one decision is about: one person, one skill, one thing that it does. */
export interface Facts {
  readonly subject: { readonly user: string; readonly role: Role; readonly key: string };
  readonly skill: {
    readonly id: string;
    readonly domain: string;
    readonly version: string;
    readonly tags: readonly string[];
    readonly risk: number;
  };
  readonly action: EffectClass;
  readonly effects: readonly FactEffect[];
  /** `entities` is null until they are counted. */
  readonly amounts: { readonly entities: number | null; readonly cost_usd: number };
  /** Null where it is known only in the run: of a skill that is called. */
  readonly input: Readonly<Record<string, unknown>> | null;
  readonly time: TimeFacts;
  readonly channel: string;
  readonly risk: number;
  /** Nothing more will be known: what cannot be told now is told the safe way. */
  readonly isFinal: boolean;
}
