// What may be spent and how often: looked at and changed. The guard decides what it means for a run.
import { z } from "zod";
import { microUsdToUsd, usdToMicroUsd } from "../kernel/domain/money.ts";
import { joinLanguages } from "../kernel/domain/text.ts";
import { toIso } from "../kernel/domain/zone.ts";
import type { BudgetView, Limits } from "../kernel/ports/guard.ts";
import { noteAudit } from "./audit.ts";
import { defineOperation } from "./operation.ts";

function toBody(view: BudgetView) {
  const { limits } = view;
  return {
    limits: {
      per_request_usd: microUsdToUsd(limits.perRequestMicroUsd),
      daily_usd: microUsdToUsd(limits.dailyMicroUsd),
      monthly_usd: microUsdToUsd(limits.monthlyMicroUsd),
      low_remaining_usd: microUsdToUsd(limits.lowRemainingMicroUsd),
      on_low: limits.onLow,
    },
    spent_usd: { day: microUsdToUsd(view.spentDayMicroUsd), month: microUsdToUsd(view.spentMonthMicroUsd) },
    held_usd: microUsdToUsd(view.heldMicroUsd),
    remaining_usd: microUsdToUsd(view.remainingMicroUsd),
    resets_at: toIso(view.resetsAt),
    time_zone: limits.timeZone,
  };
}

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
    return { body: toBody(await platform.guard.budget(tenant)) };
  },
});

/** What is finer cannot be counted: rounded to a limit of one micro-dollar or of none, it would mean something else. */
const usd = z
  .number()
  .nonnegative()
  .max(1_000_000)
  .refine(
    (amount) => Number(amount.toFixed(6)) === amount,
    joinLanguages({
      en: "an amount has six decimals at most, like 0.000001",
      ru: "у суммы не больше шести знаков после запятой, как в 0.000001",
    }),
  )
  .optional();

export const budgetPut = defineOperation({
  name: "budget-put",
  summary: "Changes the tenant's budget; what is not named stays.",
  permission: "admin",
  http: "PUT /budgets",
  input: z.strictObject({
    scope: z.literal("tenant").optional(),
    per_request_usd: usd,
    daily_usd: usd,
    monthly_usd: usd,
    low_remaining_usd: usd,
    on_low: z.enum(["degrade", "refuse"]).optional(),
  }),
  async run(platform, call) {
    const { per_request_usd, daily_usd, monthly_usd, low_remaining_usd, on_low } = call.input;
    const change: { -readonly [Key in keyof Limits]?: Limits[Key] } = {};
    if (per_request_usd !== undefined) change.perRequestMicroUsd = usdToMicroUsd(per_request_usd);
    if (daily_usd !== undefined) change.dailyMicroUsd = usdToMicroUsd(daily_usd);
    if (monthly_usd !== undefined) change.monthlyMicroUsd = usdToMicroUsd(monthly_usd);
    if (low_remaining_usd !== undefined) change.lowRemainingMicroUsd = usdToMicroUsd(low_remaining_usd);
    if (on_low !== undefined) change.onLow = on_low;
    const view = await platform.guard.configure(call.principal.tenant, change);
    await noteAudit(platform, call, { action: "budget.change", target: call.principal.tenant, body: change });
    return { body: toBody(view) };
  },
});

export const limitsPut = defineOperation({
  name: "limits-put",
  summary: "Changes how many requests a user may send in a sliding window.",
  permission: "admin",
  http: "PUT /limits",
  input: z.strictObject({
    scope: z.literal("tenant").optional(),
    requests: z.number().int().positive().max(1_000_000),
    window_seconds: z.number().int().positive().max(86_400).default(60),
    burst: z.number().int().nonnegative().max(1_000_000).default(0),
  }),
  async run(platform, call) {
    const { requests, window_seconds, burst } = call.input;
    const view = await platform.guard.configure(call.principal.tenant, {
      requests,
      windowMs: window_seconds * 1000,
      burst,
      rateEnabled: true,
    });
    await noteAudit(platform, call, {
      action: "limits.change",
      target: call.principal.tenant,
      body: { requests, window_seconds, burst },
    });
    return {
      body: {
        requests: view.limits.requests,
        window_seconds: view.limits.windowMs / 1000,
        burst: view.limits.burst,
      },
    };
  },
});
