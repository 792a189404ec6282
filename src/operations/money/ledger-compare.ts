// What the books say was spent, beside what the guard counts. The books are the truth of what has ended; of a run that waits the guard
// has counted a part already, which the run itself tells.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { MicroUsd } from "../../kernel/domain/money.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { BudgetView, Payer, Spent } from "../../kernel/ports/guard.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { toPayers } from "../../kernel/stages/admit.ts";

interface Of {
  readonly tenant: TenantId;
  readonly payer: Payer;
  readonly since: BudgetView["since"];
}

/** One sum of which guard and books say different things. */
export interface Difference {
  readonly scope: Payer;
  readonly period: "day" | "month";
  readonly countedMicroUsd: MicroUsd;
  readonly bookedMicroUsd: MicroUsd;
}

export interface Comparison {
  readonly since: BudgetView["since"];
  readonly differences: readonly Difference[];
  /** Payers of whose spending nobody knows all: their runs are past their time. */
  readonly unknown: readonly Payer[];
}

function toOpenSpent(open: readonly RunRecord[], { payer, since }: Of): Spent {
  const parts = open
    .filter(({ order }) => toPayers(order).includes(payer))
    .flatMap(({ effects }) => effects.flatMap(({ paid = [] }) => paid));
  const sum = (from: number): MicroUsd =>
    parts.filter(({ at }) => at >= from).reduce((total, { microUsd }) => total + microUsd, 0);
  return { spentDayMicroUsd: sum(since.day), spentMonthMicroUsd: sum(since.month) };
}

/** Null: nobody knows. */
async function findSpent(platform: Platform, open: readonly RunRecord[], of: Of): Promise<Spent | null> {
  const booked = await platform.ledger.spent(of.tenant, of.payer, of.since);
  if (booked === null) return null;
  const waiting = toOpenSpent(open, of);
  return {
    spentDayMicroUsd: booked.spentDayMicroUsd + waiting.spentDayMicroUsd,
    spentMonthMicroUsd: booked.spentMonthMicroUsd + waiting.spentMonthMicroUsd,
  };
}

/** What somebody spent before anybody counted. Of runs that are forgotten nothing is known: those count for nobody. */
export async function toSpent(platform: Platform, of: Of): Promise<Spent> {
  const open = await platform.runners.listOpen(of.tenant);
  return (await findSpent(platform, open, of)) ?? { spentDayMicroUsd: 0, spentMonthMicroUsd: 0 };
}

async function compareOnce(platform: Platform, tenant: TenantId): Promise<Comparison> {
  await platform.runners.drain(tenant);
  const open = await platform.runners.listOpen(tenant);
  const view = await platform.guard.budget(tenant);
  const accounts = [
    { ...view, payer: "tenant" as const },
    ...view.capped.filter(({ payer }) => payer !== "tenant"),
  ];
  const differences: Difference[] = [];
  const unknown: Payer[] = [];
  for (const account of accounts) {
    const booked = await findSpent(platform, open, { tenant, payer: account.payer, since: view.since });
    if (booked === null) unknown.push(account.payer);
    else differences.push(...toDifferences(account.payer, { counted: account, booked }));
  }
  return { since: view.since, differences, unknown };
}

function toDifferences(scope: Payer, { counted, booked }: { counted: Spent; booked: Spent }): Difference[] {
  const day = { countedMicroUsd: counted.spentDayMicroUsd, bookedMicroUsd: booked.spentDayMicroUsd };
  const month = { countedMicroUsd: counted.spentMonthMicroUsd, bookedMicroUsd: booked.spentMonthMicroUsd };
  return [{ scope, period: "day", ...day } as const, { scope, period: "month", ...month } as const].filter(
    ({ countedMicroUsd, bookedMicroUsd }) => countedMicroUsd !== bookedMicroUsd,
  );
}

const TRIES = 4;

/** Runs end while this looks: a difference is one when it stands twice, and by as much. */
export async function compare(platform: Platform, tenant: TenantId): Promise<Comparison> {
  let last = await compareOnce(platform, tenant);
  for (let n = 1; n < TRIES && last.differences.length > 0; n += 1) {
    const next = await compareOnce(platform, tenant);
    const isSame = toGaps(next) === toGaps(last) && next.since.day === last.since.day;
    last = next;
    if (isSame) break;
  }
  return last;
}

function toGaps({ differences }: Comparison): string {
  return differences
    .map((one) => `${one.scope} ${one.period} ${one.countedMicroUsd - one.bookedMicroUsd}`)
    .join("\n");
}
