// Which shares of their budgets payers have used up. Nothing of it is remembered: a share that is reached stays so until its period ends.
import type { BudgetWarning, Payer } from "../ports/guard.ts";
import type { GuardState } from "./state.ts";

const PERCENTS = [100, 80, 50] as const;

/** Every threshold that is reached, the highest of each budget first. */
export function listWarnings(state: GuardState): readonly BudgetWarning[] {
  return [...state.accounts].flatMap(([payer, account]) => {
    const caps = payer === "tenant" ? state.limits : state.caps.get(payer);
    const day = { period: "day", payer, periodEndsAt: state.dayEndsAt } as const;
    const month = { period: "month", payer, periodEndsAt: state.monthEndsAt } as const;
    return [
      ...toReached(day, account.spentDayMicroUsd, caps?.dailyMicroUsd ?? null),
      ...toReached(month, account.spentMonthMicroUsd, caps?.monthlyMicroUsd ?? null),
    ];
  });
}

type Place = Pick<BudgetWarning, "payer" | "period" | "periodEndsAt">;

function toReached(place: Place, spentMicroUsd: number, limitMicroUsd: number | null): BudgetWarning[] {
  if (limitMicroUsd === null || spentMicroUsd <= 0) return [];
  const reached = PERCENTS.filter((percent) => spentMicroUsd * 100 >= limitMicroUsd * percent);
  return reached.map((percent) => ({ ...place, percent, spentMicroUsd, limitMicroUsd }));
}

export function listHighest(warnings: readonly BudgetWarning[]): readonly BudgetWarning[] {
  const seen = new Set<`${Payer} ${string}`>();
  return warnings.filter(({ payer, period }) => {
    const name = `${payer} ${period}` as const;
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst;
  });
}
