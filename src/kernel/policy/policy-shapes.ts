// The shapes of a policy file: ours, and the one that names permissions by role. What the parts mean is policy-file.ts's.
import { z } from "zod";
import { EFFECT_CLASSES } from "../domain/effect.ts";
import { ROLES } from "../domain/principal.ts";
import { CHANNELS } from "../domain/request.ts";
import { HIGHEST_RISK } from "../domain/risk.ts";
import { findNearestName } from "../language/nearest-name.ts";
import { refuseWith } from "../language/skill-file-issues.ts";
import { isGlob } from "../domain/skill-glob.ts";
import type { PolicyName } from "./policy.ts";

const MAX_RULES = 500;
const MAX_NAMES = 500;

const line = z.string().min(1).max(200);

/** One of a few words; the one probably meant is named. */
function oneOf<Word extends string>(
  words: readonly Word[],
  what: { readonly en: string; readonly ru: string },
) {
  return z.string().transform((text, context): Word => {
    const known = words.find((word) => word === text);
    if (known !== undefined) return known;
    const nearest = findNearestName(text, words);
    const all = words.join(", ");
    refuseWith(context, {
      rule: "unknown_name",
      message: { en: `There is no ${what.en} ${text}.`, ru: `Такого нет: ${what.ru} ${text}.` },
      mend:
        nearest === null
          ? { en: `There are: ${all}.`, ru: `Бывает: ${all}.` }
          : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` },
    });
    return z.NEVER;
  });
}

export const roleShape = oneOf(ROLES, { en: "role", ru: "роль" });
const actionShape = oneOf(EFFECT_CLASSES, { en: "action", ru: "действие" });
const changeShape = oneOf(["write", "delete"] as const, {
  en: "action to ask about",
  ru: "действие, о котором спрашивают,",
});
const channelShape = oneOf(CHANNELS, { en: "channel", ru: "канал" });

const globShape = z.string().transform((text, context) => {
  if (isGlob(text)) return text;
  refuseWith(context, {
    rule: "wrong_skill",
    message: { en: `${text} names no skill.`, ru: `${text} — это не навык.` },
    mend: {
      en: "Write domain/name in small Latin letters; * stands for any letters: finance/*",
      ru: "Пишется область/имя строчными латинскими буквами; * — любые буквы: finance/*",
    },
  });
  return z.NEVER;
});

/** A list, or one without its brackets. */
function many<T>(shape: z.ZodType<T>) {
  const some = z.array(shape).min(1).max(MAX_NAMES);
  return z.union([shape.transform((one) => [one]), some]).optional();
}

const selector = {
  id: line,
  /** For people. */
  note: z.string().max(1_000).optional(),
  roles: many(roleShape),
  users: many(line),
  skills: many(globShape),
  channels: many(channelShape),
  when: z.string().min(1).optional(),
};

const permissionRule = z.strictObject({
  ...selector,
  effect: oneOf(["allow", "deny"] as const, { en: "effect", ru: "решение" }),
  actions: many(actionShape),
});
const approvalRule = z.strictObject({
  ...selector,
  actions: many(changeShape),
  by: roleShape.default("owner"),
});

const effectShape = z.strictObject({
  class: actionShape,
  target: z.string().default(""),
  via: z.string().default(""),
  connector: z.string().default(""),
  step: z.string().default(""),
});

const NOON = "2026-01-05T12:00";
const ZONED = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d$/;

const timeShape = z.string().transform((text, context) => {
  if (ZONED.test(text)) return text;
  refuseWith(context, {
    rule: "wrong_time",
    message: { en: `${text} is no time of a day.`, ru: `${text} — это не время дня.` },
    mend: {
      en: "As the tenant's clocks show it: 2026-11-28T09:30.",
      ru: "Как показывают часы организации: 2026-11-28T09:30.",
    },
  });
  return z.NEVER;
});

const skillShape = z.union([
  line.transform((id) => ({ id, tags: [] as string[], risk: 1 })),
  z.strictObject({ id: line, tags: z.array(line).default([]), risk: z.number().default(1) }),
]);

function exampleShape<Word extends string>(outcomes: readonly Word[]) {
  return z.strictObject({
    name: line.optional(),
    subject: z.strictObject({ role: roleShape, user: line.default("somebody"), key: z.string().default("") }),
    skill: skillShape,
    action: actionShape,
    channel: channelShape.default("http"),
    risk: z.number().min(0).max(HIGHEST_RISK).default(1),
    amounts: z
      .strictObject({
        entities: z.number().min(0).nullable().default(1),
        cost_usd: z.number().min(0).default(0),
      })
      .default({ entities: 1, cost_usd: 0 }),
    effects: z.array(effectShape).max(100).optional(),
    input: z.record(z.string(), z.unknown()).default({}),
    time: timeShape.default(NOON),
    expect: oneOf(outcomes, { en: "outcome", ru: "исход" }),
    rule: line.optional(),
  });
}

const common = { defaults: z.boolean().default(true), note: z.string().max(1_000).optional() };
const permission = z.string().min(1).max(200);

const permissionShape = z.strictObject({
  ...common,
  rules: z.array(permissionRule).max(MAX_RULES).default([]),
  /** What each role may, in words of the tenant's own. */
  roles: z.record(z.string(), z.array(permission).max(MAX_NAMES)).default({}),
  policies: z
    .array(z.strictObject({ skill_id: globShape, required_permissions: z.array(permission).max(MAX_NAMES) }))
    .max(MAX_RULES)
    .default([]),
  examples: z
    .array(exampleShape(["allow", "deny"]))
    .max(MAX_RULES)
    .default([]),
});

const approvalShape = z.strictObject({
  ...common,
  rules: z.array(approvalRule).max(MAX_RULES).default([]),
  policies: z
    .array(
      z.strictObject({ skill_id: globShape, requires_approval: z.boolean(), by: roleShape.default("owner") }),
    )
    .max(MAX_RULES)
    .default([]),
  examples: z
    .array(exampleShape(["allow", "ask"]))
    .max(MAX_RULES)
    .default([]),
});

export type PermissionFile = z.infer<typeof permissionShape>;
export type ApprovalFile = z.infer<typeof approvalShape>;
export type RuleFile = PermissionFile["rules"][number] | ApprovalFile["rules"][number];
export type ExampleFile = PermissionFile["examples"][number] | ApprovalFile["examples"][number];

export const POLICY_SHAPES = {
  permission_policies: permissionShape,
  approval_policies: approvalShape,
} as const satisfies Record<PolicyName, z.ZodType>;
