// The books of money: listed, verified, and the guard's counters made anew from them.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { microUsdToUsd } from "../../kernel/domain/money.ts";
import { toSpentParts } from "../../kernel/domain/run.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { startOfDay, startOfMonth, startOfNextDay, toZonedIso } from "../../kernel/domain/zone.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import { LedgerCursor, toLedgerCursor } from "../cursor.ts";
import { compare, type Comparison, type Difference } from "./ledger-compare.ts";
import { defineOperation } from "../operation.ts";

/** So many problems of a kind are told at once; when they are mended, the next are. */
const MOST_PROBLEMS = 100;

export const ledgerList = defineOperation({
  name: "ledger-list",
  summary:
    "Entries of a period, oldest first: what was spent, on what, by which run. Without dates: this month.",
  permission: "admin",
  http: "GET /ledger",
  input: z
    .object({
      since: LedgerCursor,
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    })
    .refine(
      ({ from, to }) => from === undefined || to === undefined || from <= to,
      joinLanguages({ en: "`from` comes after `to`", ru: "`from` позже, чем `to`" }),
    ),
  async run(platform, call) {
    const { tenant } = call.principal;
    await platform.runners.drain(tenant);
    const { limits } = await platform.guard.budget(tenant);
    const { timeZone } = limits;
    const { from, to, since, limit } = call.input;
    const now = platform.clock.now();
    const filter = {
      from: from === undefined ? startOfMonth(now, timeZone) : toDayStart(from, timeZone),
      until: startOfNextDay(to === undefined ? now : toDayStart(to, timeZone), timeZone),
      after: since,
    };
    const found = await platform.ledger.list(tenant, { ...filter, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      body: {
        entries: shown.map(({ entry, account, microUsd, runId, at }) => ({
          at: toZonedIso(at, timeZone),
          entry,
          account,
          usd: microUsdToUsd(microUsd),
          micro_usd: microUsd,
          run_id: runId,
        })),
        next: toLedgerCursor(last ?? since),
        more: found.length > limit,
        time_zone: timeZone,
      },
    };
  },
});

/** Noon of a date in UTC lies in that date, or the one before or after it, of any zone: the day of the zone is looked for from there. */
function toDayStart(date: string, timeZone: string): number {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const near = [noon - 24 * HOUR_MS, noon, noon + 24 * HOUR_MS].map((at) => startOfDay(at, timeZone));
  return near.find((at) => toZonedIso(at, timeZone).startsWith(date)) ?? startOfDay(noon, timeZone);
}

const HOUR_MS = 3_600_000;

function toShown({ scope, period, countedMicroUsd, bookedMicroUsd }: Difference) {
  return {
    what: "spent",
    scope,
    period,
    counted_usd: microUsdToUsd(countedMicroUsd),
    booked_usd: microUsdToUsd(bookedMicroUsd),
  };
}

async function listBookProblems(platform: Platform, tenant: TenantId) {
  const unbalanced = await platform.ledger.findUnbalanced(tenant, MOST_PROBLEMS);
  const mismatches = await platform.ledger.findMismatches(tenant, MOST_PROBLEMS);
  return [
    ...unbalanced.map(({ entry, runId, sumMicroUsd }) => ({
      what: "unbalanced",
      run_id: runId,
      entry,
      sum_usd: microUsdToUsd(sumMicroUsd),
    })),
    ...mismatches.map(({ runId, costMicroUsd, bookedMicroUsd }) => ({
      what: "run",
      run_id: runId,
      cost_usd: microUsdToUsd(costMicroUsd),
      booked_usd: microUsdToUsd(bookedMicroUsd),
    })),
  ];
}

export const ledgerVerify = defineOperation({
  name: "ledger-verify",
  summary:
    "Whether every entry is zero in sum, every run's cost is its entries, and what the guard counts is what they come to. If not: each difference.",
  permission: "admin",
  http: "GET /ledger/verify",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const { differences, unknown } = await compare(platform, tenant);
    const problems = [...(await listBookProblems(platform, tenant)), ...differences.map(toShown)];
    const { entries, runs } = await platform.ledger.count(tenant);
    return { body: { verified: problems.length === 0, entries, runs, problems, unknown } };
  },
});

export const ledgerRebuild = defineOperation({
  name: "ledger-rebuild",
  summary:
    "Counts the spending of the day and the month anew, from the ledger, for the tenant and for everybody with a budget.",
  permission: "admin",
  http: "POST /ledger/rebuild",
  audited: "ledger.rebuild",
  input: z.strictObject({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const { differences, unknown } = await putRight(platform, tenant);
    const changed = differences.map(({ scope, period, countedMicroUsd, bookedMicroUsd }) => ({
      scope,
      period,
      before_usd: microUsdToUsd(countedMicroUsd),
      after_usd: microUsdToUsd(bookedMicroUsd),
    }));
    noteAudit(platform, call, { action: "ledger.rebuild", target: tenant, body: { changed } });
    return { body: { changed, unknown } };
  },
});

const TRIES = 4;

/** What was counted meanwhile is compared anew: a sum is put right only as it was seen. Answers what was found at first. */
async function putRight(platform: Platform, tenant: TenantId): Promise<Comparison> {
  const first = await compare(platform, tenant);
  const isTold = first.differences.length > 0 && (await tellAgain(platform, tenant));
  const rest = isTold ? await compare(platform, tenant) : first;
  for (let found = rest, n = 0; found.differences.length > 0 && n < TRIES; n += 1) {
    const sums = found.differences.map(({ scope: payer, ...sum }) => ({ payer, ...sum }));
    await platform.guard.change(tenant, { order: "rebuild", since: found.since, sums });
    found = await compare(platform, tenant);
  }
  return first;
}

/** Runs that wait, whose settlement may have been lost: counted by a sum alone, they would be counted again when they end. */
async function tellAgain(platform: Platform, tenant: TenantId): Promise<boolean> {
  const settlements = (await platform.runners.listOpen(tenant)).flatMap(({ id: runId, effects }) => {
    const parts = toSpentParts({ effects }, null);
    const spentMicroUsd = parts.reduce((sum, { microUsd }) => sum + microUsd, 0);
    return parts.length === 0
      ? []
      : [{ runId, spentMicroUsd, parts, ended: false, keepsHold: true } as const];
  });
  if (settlements.length > 0) await platform.guard.settle(tenant, settlements);
  return settlements.length > 0;
}
