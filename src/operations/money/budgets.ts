// What may be spent and how often: looked at and changed. The guard decides what it means for a run.
import { z } from "zod";
import { MICRO_USD_PER_CREDIT, usdToMicroUsd } from "../../kernel/domain/money.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import type { AuditAction } from "../../kernel/ports/audit-actions.ts";
import type { Caps, Limits, Payer } from "../../kernel/ports/guard.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import { toBudgetBody } from "./budget-body.ts";
import { tryHeldBack } from "../stops/held-runs.ts";
import { toSpent } from "./ledger-compare.ts";
import { type Call, defineOperation, type Reply } from "../operation.ts";
import { Credits, Usd } from "./money-shapes.ts";
import { findPayer } from "./payer-check.ts";
import { PayerScope } from "./payer-scope.ts";

export const budgetGet = defineOperation({
  name: "budget-get",
  summary: "Limits, what is spent and held, what remains, and when the day starts again.",
  permission: "read",
  http: "GET /budgets",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    // A run that was answered is spent money: settled before it is told.
    await platform.runners.drain(tenant);
    return { body: toBudgetBody(await platform.guard.budget(tenant)) };
  },
});

const usd = Usd.optional();
const credits = Credits.optional();

const MONEY = {
  per_request: "perRequestMicroUsd",
  daily: "dailyMicroUsd",
  monthly: "monthlyMicroUsd",
  low_remaining: "lowRemainingMicroUsd",
} as const;
type MoneyName = keyof typeof MONEY;
const MONEY_NAMES = Object.keys(MONEY) as MoneyName[]; // Exactly the keys of the table above.

/** Of one amount the dollars or the credits are given. */
type Amounts = { readonly [K in `${MoneyName}_${"usd" | "credits"}`]?: number | null | undefined };

/** What is not named stays; null takes a limit of a user, a skill or a key away. */
function toMoneyChange(input: Amounts): Partial<Record<(typeof MONEY)[MoneyName], number | null>> {
  return Object.fromEntries(
    MONEY_NAMES.flatMap((name) => {
      const [inUsd, inCredits] = [input[`${name}_usd`], input[`${name}_credits`]];
      if (inUsd !== undefined) return [[MONEY[name], inUsd === null ? null : usdToMicroUsd(inUsd)]];
      if (inCredits === undefined) return [];
      return [[MONEY[name], inCredits === null ? null : Math.round(inCredits * MICRO_USD_PER_CREDIT)]];
    }),
  );
}

/** Changes what one payer within the tenant may do. What it spent before anybody counted it is looked up. */
async function cap(
  platform: Platform,
  call: Call<unknown>,
  asked: { readonly payer: Payer; readonly change: Partial<Caps>; readonly action: AuditAction },
): Promise<Reply> {
  const { tenant } = call.principal;
  const { payer: named, change, action } = asked;
  const found = await findPayer(platform, tenant, named);
  if ("refusal" in found) return found;
  const { payer } = found;
  // What has ended is in the database before it is asked.
  await platform.runners.drain(tenant);
  const { since } = await platform.guard.budget(tenant);
  const spent = await toSpent(platform, { tenant, payer, since });
  const view = await platform.guard.change(tenant, { order: "caps", payer, change, spent });
  tryHeldBack(platform, tenant);
  const body = { payer, ...(named !== payer && { named }), ...change };
  noteAudit(platform, call, { action, target: payer, body });
  return { body: toBudgetBody(view) };
}

const TENANT_ONLY = joinLanguages({
  en: "a tenant always has its limits, and only a tenant has low_remaining_usd and on_low",
  ru: "у организации лимиты есть всегда, а low_remaining_usd и on_low есть только у неё",
});
const ONE_UNIT = joinLanguages({
  en: "say one limit in dollars or in credits, not in both",
  ru: "назовите лимит в долларах или в кредитах, а не в обоих сразу",
});

const OTHER_CURRENCY = /^(?:per_request|daily|monthly|low_remaining)_([a-z]+)$/;

/** `daily_eur`: what is wrong is not the name but the money. */
function toUnknownKey(keys: readonly string[]): string | undefined {
  const [currency] = keys.flatMap((key) => OTHER_CURRENCY.exec(key)?.[1] ?? []);
  if (currency === undefined) return undefined;
  return joinLanguages({
    en: `limits are in US dollars (_usd) or credits (_credits, $0.01 each); there are none in "${currency}"`,
    ru: `лимиты задают в долларах США (_usd) или кредитах (_credits, по $0.01); в «${currency}» их нет`,
  });
}

export const budgetPut = defineOperation({
  name: "budget-put",
  summary:
    "Changes the budget of the tenant, or of one user, skill or key, in US dollars or credits; what is not named stays.",
  permission: "admin",
  http: "PUT /budgets",
  audited: "budget.change",
  input: z
    .strictObject(
      {
        scope: PayerScope,
        per_request_usd: usd.nullable(),
        daily_usd: usd.nullable(),
        monthly_usd: usd.nullable(),
        low_remaining_usd: usd,
        per_request_credits: credits.nullable(),
        daily_credits: credits.nullable(),
        monthly_credits: credits.nullable(),
        low_remaining_credits: credits,
        on_low: z.enum(["degrade", "refuse"]).optional(),
      },
      { error: (issue) => (issue.code === "unrecognized_keys" ? toUnknownKey(issue.keys) : undefined) },
    )
    .refine(
      (input) =>
        MONEY_NAMES.every(
          (name) => input[`${name}_usd`] === undefined || input[`${name}_credits`] === undefined,
        ),
      ONE_UNIT,
    )
    .refine(
      (input) =>
        input.scope === "tenant"
          ? Object.values(input).every((value) => value !== null)
          : [input.low_remaining_usd, input.low_remaining_credits, input.on_low].every(
              (value) => value === undefined,
            ),
      TENANT_ONLY,
    ),
  async run(platform, call) {
    const { scope: payer, on_low } = call.input;
    const money = toMoneyChange(call.input);
    if (payer !== "tenant") return cap(platform, call, { payer, change: money, action: "budget.change" });
    const { tenant } = call.principal;
    const change: Partial<Limits> = {
      // The refinement above lets no null through for a tenant.
      ...(money as Partial<Limits>),
      ...(on_low !== undefined && { onLow: on_low }),
    };
    const view = await platform.guard.change(tenant, { order: "limits", change });
    tryHeldBack(platform, tenant);
    noteAudit(platform, call, { action: "budget.change", target: tenant, body: change });
    return { body: toBudgetBody(view) };
  },
});

export const limitsPut = defineOperation({
  name: "limits-put",
  summary:
    "Changes how many requests fit in a sliding window: of each user, of the whole tenant, or of one user, skill or key; also how many runs at a time.",
  permission: "admin",
  http: "PUT /limits",
  audited: "limit.change",
  input: z.strictObject({
    scope: PayerScope,
    requests: z.number().int().positive().max(1_000_000).nullable().optional(),
    window_seconds: z.number().int().positive().max(86_400).default(60),
    burst: z.number().int().nonnegative().max(1_000_000).default(0),
    concurrent: z.number().int().positive().max(10_000).nullable().optional(),
    /** Of the scope `tenant`: each of its users, or all together. */
    per: z.enum(["user", "tenant"]).default("user"),
  }),
  async run(platform, call) {
    const { scope: payer, requests, window_seconds, burst, concurrent, per } = call.input;
    const windowMs = window_seconds * 1000;
    if (payer !== "tenant" || per === "tenant") {
      const rate = requests === null || requests === undefined ? requests : { requests, windowMs, burst };
      const change = { ...(rate !== undefined && { rate }), ...(concurrent !== undefined && { concurrent }) };
      return cap(platform, call, { payer, change, action: "limit.change" });
    }
    if (requests === null || requests === undefined || concurrent !== undefined)
      return { refusal: { reason: "bad_request", field: "requests", message: TENANT_RATE } };
    const { tenant } = call.principal;
    const change = { requests, windowMs, burst, rateEnabled: true };
    const { limits } = await platform.guard.change(tenant, { order: "limits", change });
    const body = { payer: "tenant", per, requests, window_seconds, burst };
    noteAudit(platform, call, { action: "limit.change", target: tenant, body });
    return {
      body: { requests: limits.requests, window_seconds: limits.windowMs / 1000, burst: limits.burst },
    };
  },
});

const TENANT_RATE = {
  en: 'For each user of the tenant write `requests`; for all together add `"per": "tenant"`, which may limit runs at a time too.',
  ru: 'Для каждого пользователя укажите `requests`; для всех вместе добавьте `"per": "tenant"`: тогда можно ограничить и одновременные запуски.',
};
