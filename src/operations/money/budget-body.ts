// A budget as it is told: US dollars and, beside them, credits.
import { microUsdToCredits, microUsdToUsd } from "../../kernel/domain/money.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { BudgetView, BudgetWarning, Spent } from "../../kernel/ports/guard.ts";

/** Micro-USD as USD; null where nothing is said. */
const toUsd = (amount: number | null): number | null => (amount === null ? null : microUsdToUsd(amount));
const toCredits = (amount: number | null): number | null =>
  amount === null ? null : microUsdToCredits(amount);

interface Money {
  readonly perRequestMicroUsd: number | null;
  readonly dailyMicroUsd: number | null;
  readonly monthlyMicroUsd: number | null;
}

function toMoney({ perRequestMicroUsd, dailyMicroUsd, monthlyMicroUsd }: Money) {
  return {
    per_request_usd: toUsd(perRequestMicroUsd),
    daily_usd: toUsd(dailyMicroUsd),
    monthly_usd: toUsd(monthlyMicroUsd),
    per_request_credits: toCredits(perRequestMicroUsd),
    daily_credits: toCredits(dailyMicroUsd),
    monthly_credits: toCredits(monthlyMicroUsd),
  };
}

const toSpent = ({ spentDayMicroUsd, spentMonthMicroUsd }: Spent) => ({
  spent_usd: { day: microUsdToUsd(spentDayMicroUsd), month: microUsdToUsd(spentMonthMicroUsd) },
  spent_credits: { day: microUsdToCredits(spentDayMicroUsd), month: microUsdToCredits(spentMonthMicroUsd) },
});

function toCapped({ payer, caps, ...account }: BudgetView["capped"][number]) {
  return {
    scope: payer,
    limits: {
      ...toMoney(caps),
      rate: caps.rate && {
        requests: caps.rate.requests,
        window_seconds: caps.rate.windowMs / 1000,
        burst: caps.rate.burst,
      },
      concurrent: caps.concurrent,
    },
    ...toSpent(account),
    held_usd: toUsd(account.heldMicroUsd),
    running: account.running,
  };
}

function toWarning({ payer, period, percent, spentMicroUsd, limitMicroUsd }: BudgetWarning) {
  return {
    scope: payer,
    period,
    percent,
    spent_usd: microUsdToUsd(spentMicroUsd),
    limit_usd: microUsdToUsd(limitMicroUsd),
  };
}

export function toBudgetBody(view: BudgetView) {
  const { limits, overrun } = view;
  return {
    limits: {
      ...toMoney(limits),
      low_remaining_usd: microUsdToUsd(limits.lowRemainingMicroUsd),
      low_remaining_credits: microUsdToCredits(limits.lowRemainingMicroUsd),
      on_low: limits.onLow,
    },
    ...toSpent(view),
    held_usd: microUsdToUsd(view.heldMicroUsd),
    remaining_usd: microUsdToUsd(view.remainingMicroUsd),
    remaining_credits: microUsdToCredits(view.remainingMicroUsd),
    resets_at: toIso(view.resetsAt),
    time_zone: limits.timeZone,
    warnings: view.warnings.map(toWarning),
    overrun: overrun && {
      run_id: overrun.runId,
      over_usd: microUsdToUsd(overrun.microUsd),
      at: toIso(overrun.at),
    },
    capped: view.capped.map(toCapped),
    paused: view.paused,
  };
}
