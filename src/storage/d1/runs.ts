// Reading finished runs and their events.
import { TelemetryEvent } from "../../kernel/domain/event.ts";
import type { RunId, TenantId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type {
  EventPlace,
  RunFilter,
  RunStore,
  RunSummary,
  StoredEvent,
} from "../../kernel/ports/run-store.ts";

/** A run's events stand in its record, others in their row. */
export const FROM_EVENTS = `from event_log as log
  left join runs on log.events is null and runs.tenant = log.tenant and runs.id = log.id,
  json_each(coalesce(log.events, runs.record->'$.events')) as event`;

const LISTED_EVENTS = `select log.seq as seq, event.key as place, log.run_id as runId, event.value as event
  ${FROM_EVENTS}
  where log.tenant = ?1 and log.seq >= ?2 and (log.seq > ?2 or event.key > ?3)
    and (?4 is null or log.id = ?4 or (log.events is not null and log.run_id = ?4))
  order by log.seq, event.key limit ?5`;

/** Where a run says who pays for it. */
export const PAYER_COLUMNS: Readonly<Record<string, string>> = {
  user: "record ->> '$.order.principal.user'",
  skill: "skill",
  key: "record ->> '$.order.principal.keyId'",
};
export class D1Runs implements RunStore {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async load(tenant: TenantId, id: RunId): Promise<RunRecord | null> {
    const record = await this.#db
      .prepare("select record from runs where tenant = ? and id = ?")
      .bind(tenant, id)
      .first<string>("record");
    // Written by the archive as JSON.stringify(RunRecord).
    return record === null ? null : (JSON.parse(record) as RunRecord);
  }

  async findByShort(tenant: TenantId, short: string): Promise<readonly RunId[]> {
    const { results } = await this.#db
      .prepare("select id from runs where tenant = ? and short = ? order by created_at desc limit 2")
      .bind(tenant, short)
      .all<{ id: string }>();
    return results.map((row) => row.id).filter(isRunId);
  }

  async list(tenant: TenantId, filter: RunFilter): Promise<readonly RunSummary[]> {
    const globs = filter.reached === null ? null : JSON.stringify(filter.reached);
    const { results } = await this.#db
      .prepare(
        `select id, short, skill, status, channel, created_at as createdAt, finished_at as finishedAt, cost_micro_usd as costMicroUsd,
           record ->> '$.order.query' as query, record ->> '$.order.understanding.confidence' as confidence,
           record ->> '$.refusal.reason' as code
         from runs where tenant = ?1 and (?2 is null or created_at < ?2) and (?3 is null or status = ?3)
         and (?4 is null or skill = ?4)
         and (?6 is null or exists (select 1 from json_each(?6) as reached where runs.skill glob reached.value)) order by created_at desc, id desc limit ?5`,
      )
      .bind(tenant, filter.before, filter.status, filter.skill, filter.limit, globs)
      .all<RunSummary>();
    return results;
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
