// Reading finished runs and their events.
import { TelemetryEvent } from "../../kernel/domain/event.ts";
import type { RunId, TenantId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { type Listed, toListed } from "../../kernel/domain/seal-broken.ts";
import { placeOfQuery, placeOfRecord, type Vault } from "../../kernel/ports/vault.ts";
import type {
  EventPlace,
  RunFilter,
  RunStore,
  RunSummary,
  StoredEvent,
} from "../../kernel/ports/run-store.ts";

export const FROM_EVENTS = `from event_log as log, json_each(log.events) as event`;

const LISTED_EVENTS = `select log.seq as seq, event.key as place, log.run_id as runId, event.value as event
  ${FROM_EVENTS}
  where log.tenant = ?1 and log.seq >= ?2 and (log.seq > ?2 or event.key > ?3)
    and (?4 is null or log.id = ?4 or (log.events is not null and log.run_id = ?4))
  order by log.seq, event.key limit ?5`;

/** Where a run says who pays for it. */
export const PAYER_COLUMNS: Readonly<Record<string, string>> = {
  user: "user",
  skill: "skill",
  key: "key_id",
};

/** A list of globs as keys have them, which SQLite reads as skill-glob.ts does. */
export const toIsReached = (skill: string, globs: string): string =>
  `exists (select 1 from json_each(${globs}) as reached where ${skill} glob reached.value)`;

export class D1Runs implements RunStore {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
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

  async list(tenant: TenantId, filter: RunFilter): Promise<readonly Listed<RunSummary>[]> {
    const globs = filter.reached === null ? null : JSON.stringify(filter.reached);
    const { results } = await this.#db
      .prepare(
        `select id, short, skill, status, channel, created_at as createdAt, finished_at as finishedAt, cost_micro_usd as costMicroUsd,
           query, confidence, code, (select right_micro_usd from ledger_corrections as c where c.tenant = ?1 and c.run_id = runs.id
             order by made_at desc, c.rowid desc limit 1) as correctedMicroUsd from runs where tenant = ?1 and (?2 is null or created_at < ?2) and (?3 is null or status = ?3)
         and (?4 is null or skill = ?4)
         and (?6 is null or ${toIsReached("runs.skill", "?6")}) order by created_at desc, id desc limit ?5`,
      )
      .bind(tenant, filter.before, filter.status, filter.skill, filter.limit, globs)
      .all<RunSummary>();
    return Promise.all(results.map((row) => toListed(this.#openQuery(tenant, row), { ...row, query: null })));
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
