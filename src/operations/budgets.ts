// What may be spent and how often: looked at and changed. The guard decides what it means for a run.
import { z } from "zod";
import { microUsdToUsd, usdToMicroUsd } from "../kernel/domain/money.ts";
import { joinLanguages } from "../kernel/domain/text.ts";
import { startOfDay, startOfMonth, toIso } from "../kernel/domain/zone.ts";
import type { BudgetView, Caps, Limits, Payer } from "../kernel/ports/guard.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { noteAudit } from "./audit.ts";
import { type Call, defineOperation } from "./operation.ts";
import { PayerScope } from "./payer-scope.ts";

/** Micro-USD as USD; null where nothing is said. */
const toUsd = (amount: number | null): number | null => (amount === null ? null : microUsdToUsd(amount));

function toCapped({ payer, caps, ...account }: BudgetView["capped"][number]) {
  return {
    scope: payer,
    limits: {
      per_request_usd: toUsd(caps.perRequestMicroUsd),
      daily_usd: toUsd(caps.dailyMicroUsd),
      monthly_usd: toUsd(caps.monthlyMicroUsd),
      rate: caps.rate && {
        requests: caps.rate.requests,
        window_seconds: caps.rate.windowMs / 1000,
        burst: caps.rate.burst,
      },
      concurrent: caps.concurrent,
    },
    spent_usd: { day: toUsd(account.spentDayMicroUsd), month: toUsd(account.spentMonthMicroUsd) },
    held_usd: toUsd(account.heldMicroUsd),
    running: account.running,
  };
}

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
    capped: view.capped.map(toCapped),
    paused: view.paused,
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

/** Changes what one payer within the tenant may do. What it spent before anybody counted it is looked up. */
async function cap(
  platform: Platform,
  call: Call<unknown>,
  { payer, change }: { readonly payer: Payer; readonly change: Partial<Caps> },
): Promise<BudgetView> {
  const { tenant } = call.principal;
  // What has ended is in the database before it is asked.
  await platform.runners.drain(tenant);
  const { timeZone } = (await platform.guard.budget(tenant)).limits;
  const now = platform.clock.now();
  const since = { day: startOfDay(now, timeZone), month: startOfMonth(now, timeZone) };
  const spent = await platform.runs.spentBy(tenant, payer, since);
  const view = await platform.guard.cap(tenant, payer, { change, spent });
  await noteAudit(platform, call, { action: "budget.change", target: payer, body: change });
  return view;
}

/** What is not named stays; null takes a limit of a user, a skill or a key away. */
function toMoneyChange(input: {
  readonly per_request_usd?: number | null | undefined;
  readonly daily_usd?: number | null | undefined;
  readonly monthly_usd?: number | null | undefined;
}): Partial<Pick<Caps, "perRequestMicroUsd" | "dailyMicroUsd" | "monthlyMicroUsd">> {
  const named = {
    perRequestMicroUsd: input.per_request_usd,
    dailyMicroUsd: input.daily_usd,
    monthlyMicroUsd: input.monthly_usd,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, amount]) =>
      amount === undefined ? [] : [[name, amount === null ? null : usdToMicroUsd(amount)]],
    ),
  );
}

const TENANT_ONLY = joinLanguages({
  en: "a tenant always has its limits, and only a tenant has low_remaining_usd and on_low",
  ru: "у арендатора лимиты есть всегда, а low_remaining_usd и on_low есть только у него",
});

export const budgetPut = defineOperation({
  name: "budget-put",
  summary: "Changes the budget of the tenant, or of one user, skill or key; what is not named stays.",
  permission: "admin",
  http: "PUT /budgets",
  input: z
    .strictObject({
      scope: PayerScope,
      per_request_usd: usd.nullable(),
      daily_usd: usd.nullable(),
      monthly_usd: usd.nullable(),
      low_remaining_usd: usd,
      on_low: z.enum(["degrade", "refuse"]).optional(),
    })
    .refine(
      (input) =>
        input.scope === "tenant"
          ? Object.values(input).every((value) => value !== null)
          : input.low_remaining_usd === undefined && input.on_low === undefined,
      TENANT_ONLY,
    ),
  async run(platform, call) {
    const { scope: payer, low_remaining_usd, on_low } = call.input;
    const money = toMoneyChange(call.input);
    if (payer !== "tenant") return { body: toBody(await cap(platform, call, { payer, change: money })) };
    const change: Partial<Limits> = {
      // The refinement above lets no null through for a tenant.
      ...(money as Partial<Limits>),
      ...(low_remaining_usd !== undefined && { lowRemainingMicroUsd: usdToMicroUsd(low_remaining_usd) }),
      ...(on_low !== undefined && { onLow: on_low }),
    };
    const view = await platform.guard.configure(call.principal.tenant, change);
    await noteAudit(platform, call, { action: "budget.change", target: call.principal.tenant, body: change });
    return { body: toBody(view) };
  },
});

export const limitsPut = defineOperation({
  name: "limits-put",
  summary:
    "Changes how many requests fit in a sliding window: of each user, or of one user, skill or key; of those also how many runs at a time.",
  permission: "admin",
  http: "PUT /limits",
  input: z.strictObject({
    scope: PayerScope,
    requests: z.number().int().positive().max(1_000_000).nullable().optional(),
    window_seconds: z.number().int().positive().max(86_400).default(60),
    burst: z.number().int().nonnegative().max(1_000_000).default(0),
    concurrent: z.number().int().positive().max(10_000).nullable().optional(),
  }),
  async run(platform, call) {
    const { scope: payer, requests, window_seconds, burst, concurrent } = call.input;
    const windowMs = window_seconds * 1000;
    if (payer !== "tenant") {
      const rate = requests === null || requests === undefined ? requests : { requests, windowMs, burst };
      const change = { ...(rate !== undefined && { rate }), ...(concurrent !== undefined && { concurrent }) };
      return { body: toBody(await cap(platform, call, { payer, change })) };
    }
    if (requests === null || requests === undefined || concurrent !== undefined)
      return { refusal: { reason: "bad_request", field: "requests", message: TENANT_RATE } };
    const view = await platform.guard.configure(call.principal.tenant, {
      requests,
      windowMs,
      burst,
      rateEnabled: true,
    });
    const body = { requests, window_seconds, burst };
    await noteAudit(platform, call, { action: "limits.change", target: call.principal.tenant, body });
    const { limits } = view;
    return {
      body: { requests: limits.requests, window_seconds: limits.windowMs / 1000, burst: limits.burst },
    };
  },
});

const TENANT_RATE = {
  en: "For the whole tenant write `requests`; runs at a time are limited for a user, a skill or a key.",
  ru: "Для всего арендатора укажите `requests`; одновременные запуски ограничивают у пользователя, навыка или ключа.",
};
