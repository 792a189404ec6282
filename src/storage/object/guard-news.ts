// What a guard has to tell the world: budgets that are used up to a share, services that were left alone or are back. Each stands
// once among the events, whoever tells it again.
import type { TelemetryEvent } from "../../kernel/domain/event.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { microUsdToUsd } from "../../kernel/domain/money.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { BreakerChange } from "../../kernel/guard/hosts.ts";
import type { GuardState } from "../../kernel/guard/state.ts";
import { listWarnings } from "../../kernel/guard/warnings.ts";
import type { Archive, ArchivedEvent } from "../../kernel/ports/archive.ts";
import type { AuditEntry } from "../../kernel/ports/audit.ts";
import type { BudgetWarning } from "../../kernel/ports/guard.ts";
import type { AuditBook } from "./audit-book.ts";

interface Ears {
  readonly archive: Pick<Archive, "save">;
  readonly book: Pick<AuditBook, "take">;
}

export class GuardNews {
  readonly #tenant: TenantId;
  readonly #ears: Ears;
  /** Of the periods that run: a restart tells them again, under the same ids. */
  readonly #told = new Set<string>();

  constructor(tenant: TenantId, ears: Ears) {
    this.#tenant = tenant;
    this.#ears = ears;
  }

  /** Never throws: what is not told now is told with the next settlement. */
  async tell(state: GuardState, news: readonly BreakerChange[], now: number): Promise<void> {
    if (news.length > 0) await this.#ears.book.take({ order: "note", entries: news.map(toEntry) });
    const events = [
      ...listWarnings(state)
        .map((warning) => toWarningEvent(warning, now))
        .filter(({ id }) => !this.#told.has(id)),
      ...news.map(toBreakerEvent),
    ];
    if (events.length === 0) return;
    try {
      await this.#ears.archive.save(this.#tenant, { runs: [], events, ledger: [] });
      for (const { id } of events) this.#told.add(id);
    } catch (error) {
      // oxlint-disable-next-line no-console
      console.error("guard news", error);
    }
  }
}

const toBase = (id: string, at: number) => ({ request_id: id, timestamp: toIso(at) });
const archived = (id: string, at: number, event: TelemetryEvent): ArchivedEvent => ({
  id,
  runId: null,
  at,
  event,
});

function toWarningEvent(warning: BudgetWarning, now: number): ArchivedEvent {
  const { payer, period, percent, spentMicroUsd, limitMicroUsd, periodEndsAt } = warning;
  const id = `warning:${payer}:${period}:${periodEndsAt}:${percent}`;
  return archived(id, now, {
    event: "budget_warning",
    ...toBase(id, now),
    payer,
    period,
    percent,
    spent_usd: microUsdToUsd(spentMicroUsd),
    limit_usd: microUsdToUsd(limitMicroUsd),
  });
}

function toBreakerEvent({ what, host, why, at, until }: BreakerChange): ArchivedEvent {
  const id = `breaker:${host}:${what}:${at}`;
  return archived(id, at, {
    event: what === "opened" ? "breaker_opened" : "breaker_closed",
    ...toBase(id, at),
    host,
    reason: why,
    until: what === "opened" ? toIso(until) : null,
  });
}

function toEntry({ what, host, why, at, until }: BreakerChange): AuditEntry {
  const body = { why, ...(what === "opened" && { until: toIso(until) }) };
  const action = what === "opened" ? "breaker.open" : "breaker.close";
  return { id: `breaker:${host}:${what}:${at}`, at, user: "", action, target: host, outcome: "done", body };
}
