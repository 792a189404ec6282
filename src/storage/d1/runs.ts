// Reading finished runs and their events.
import { TelemetryEvent } from "../../kernel/domain/event.ts";
import type { RunId, TenantId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { Payer, Spent } from "../../kernel/ports/guard.ts";
import { placeOfQuery, placeOfRecord, type Vault } from "../../kernel/ports/vault.ts";
import type { EventPlace, RunStore, RunSummary, StoredEvent } from "../../kernel/ports/run-store.ts";

export const FROM_EVENTS = `from event_log as log, json_each(log.events) as event`;

const LISTED_EVENTS = `select log.seq as seq, event.key as place, log.run_id as runId, event.value as event
  ${FROM_EVENTS}
  where log.tenant = ?1 and log.seq >= ?2 and (log.seq > ?2 or event.key > ?3)
    and (?4 is null or log.id = ?4 or (log.events is not null and log.run_id = ?4))
  order by log.seq, event.key limit ?5`;

/** Where a run says who pays for it. */
const PAYER_COLUMNS: Readonly<Record<string, string>> = {
  user: "user",
  skill: "skill",
  key: "key_id",
};
/** A run that waits for a person may end long after it began; the index knows only when it began. */
const LONGEST_RUN_MS = 7 * 86_400_000;

export class D1Runs implements RunStore {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async spentBy(tenant: TenantId, payer: Payer, since: { day: number; month: number }): Promise<Spent> {
    const at = payer.indexOf(":");
    const spent = await this.#db
      .prepare(
        `select coalesce(sum(cost_micro_usd), 0) as month, coalesce(sum(iif(finished_at >= ?3, cost_micro_usd, 0)), 0) as day
         from runs where tenant = ?1 and created_at >= ?2 - ?6 and finished_at >= ?2 and ${PAYER_COLUMNS[payer.slice(0, at)] ?? "?4"} = ?5`,
      )
      .bind(tenant, since.month, since.day, payer, payer.slice(at + 1), LONGEST_RUN_MS)
      .first<{ day: number; month: number }>();
    return { spentDayMicroUsd: spent?.day ?? 0, spentMonthMicroUsd: spent?.month ?? 0 };
  }

  async load(tenant: TenantId, id: RunId): Promise<RunRecord | null> {
    const row = await this.#db
      .prepare(
        `select record, (select events from event_log where tenant = ?1 and id = ?2) as events
         from runs where tenant = ?1 and id = ?2`,
      )
      .bind(tenant, id)
      .first<{ record: string; events: string | null }>();
    if (row === null) return null;
    const json = await this.#vault.open(placeOfRecord(tenant, id), row.record);
    // Written by the journal as JSON.stringify(RunRecord), and its events beside it.
    return { ...(JSON.parse(json) as RunRecord), events: JSON.parse(row.events ?? "[]") };
  }

  async findByShort(tenant: TenantId, short: string): Promise<readonly RunId[]> {
    const { results } = await this.#db
      .prepare("select id from runs where tenant = ? and short = ? order by created_at desc limit 2")
      .bind(tenant, short)
      .all<{ id: string }>();
    return results.map((row) => row.id).filter(isRunId);
  }

  async list(
    tenant: TenantId,
    filter: { limit: number; before: number | null; status: string | null; skill: string | null },
  ): Promise<readonly RunSummary[]> {
    const { results } = await this.#db
      .prepare(
        `select id, short, skill, status, channel, created_at as createdAt, finished_at as finishedAt, cost_micro_usd as costMicroUsd,
           query, confidence, code from runs where tenant = ?1 and (?2 is null or created_at < ?2) and (?3 is null or status = ?3)
         and (?4 is null or skill = ?4) order by created_at desc, id desc limit ?5`,
      )
      .bind(tenant, filter.before, filter.status, filter.skill, filter.limit)
      .all<RunSummary>();
    return Promise.all(results.map((row) => this.#openQuery(tenant, row)));
  }

  async #openQuery(tenant: TenantId, row: RunSummary): Promise<RunSummary> {
    if (row.query === null) return row;
    return { ...row, query: await this.#vault.open(placeOfQuery(tenant, row.id), row.query) };
  }

  async listEvents(
    tenant: TenantId,
    filter: { since: EventPlace; runId: string | null; limit: number },
  ): Promise<readonly StoredEvent[]> {
    const { since, runId, limit } = filter;
    const { results } = await this.#db
      .prepare(LISTED_EVENTS)
      .bind(tenant, since.seq, since.place, runId, limit)
      .all<{ seq: number; place: number; runId: string | null; event: string }>();
    return results.map(({ event, ...where }) => ({
      ...where,
      event: TelemetryEvent.parse(JSON.parse(event)),
    }));
  }
}
