// Schedules and occurrences. A slot is taken by inserting its row: the primary key lets one tick of many do that.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { SkillIdShape, TenantIdShape } from "../../kernel/domain/id-shapes.ts";
import { ROLES } from "../../kernel/domain/principal.ts";
import { type Listed, toListed } from "../../kernel/domain/seal-broken.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";
import type { Occurrence, OccurrenceStatus, Schedule, Schedules } from "../../kernel/ports/schedules.ts";

const ScheduleRow = z
  .object({
    tenant: TenantIdShape,
    id: z.string(),
    skill: SkillIdShape,
    run_at: z.number().nullable(),
    cron: z.string().nullable(),
    time_zone: z.string(),
    /** Sealed. */
    input: z.string(),
    enabled: z.number(),
    max_retries: z.number(),
    next_at: z.number().nullable(),
    user: z.string(),
    role: z.enum(ROLES),
    key_id: z.string().nullable(),
    created_at: z.number(),
    input_by: z.string().nullable(),
  })
  .transform(
    ({ run_at, time_zone, enabled, max_retries, next_at, key_id, created_at, input_by, ...row }) => ({
      ...row,
      inputBy: input_by ?? row.user,
      keyId: key_id,
      runAt: run_at,
      timeZone: time_zone,
      isEnabled: enabled === 1,
      maxRetries: max_retries,
      nextAt: next_at,
      createdAt: created_at,
    }),
  );

const Input = z.record(z.string(), z.unknown());

function placeOf({ tenant, id }: Pick<Schedule, "tenant" | "id">): Place {
  return { tenant, column: "schedules.input", row: id };
}

/** Names of files: a sweep asks which ones a schedule needs, and cannot look into what is sealed. */
function findFileNames(input: string): string {
  return [...new Set(input.match(/[0-9a-f]{64}/g))].join(" ");
}

const OccurrenceRow = z
  .object({
    tenant: TenantIdShape,
    schedule: z.string(),
    slot: z.number(),
    status: z.enum(["due", "started", "succeeded", "failed"]),
    run_id: z.string().nullable(),
    started_at: z.number(),
  })
  .transform(
    ({ run_id, started_at, ...row }): Occurrence => ({ ...row, runId: run_id, startedAt: started_at }),
  );

/** With the role that its user has today: a schedule does not keep what its maker has lost. */
const SCHEDULES = `select s.*, coalesce(u.role, s.role) as role from schedules s
  left join users u on u.tenant = s.tenant and u.id = s.user`;

const ADD = `insert or ignore into schedules
  (tenant, id, skill, run_at, cron, time_zone, input, files, enabled, max_retries, next_at, user, role, key_id, created_at, input_by)
  select r->>'tenant', r->>'id', r->>'skill', r->>'runAt', r->>'cron', r->>'timeZone', r->>'input', r->>'files', r->>'isEnabled', r->>'maxRetries',
    r->>'nextAt', r->>'user', r->>'role', r->>'keyId', r->>'createdAt', r->>'inputBy' from (select ?1 as r)`;

export class D1Schedules implements Schedules {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async add(schedule: Schedule): Promise<boolean> {
    const { isEnabled, input, ...rest } = schedule;
    const text = JSON.stringify(input);
    const sealed = await this.#vault.seal(placeOf(schedule), text);
    const row = { ...rest, input: sealed, files: findFileNames(text), isEnabled: isEnabled ? 1 : 0 };
    const { meta } = await this.#db.prepare(ADD).bind(JSON.stringify(row)).run();
    return meta.changes > 0;
  }

  async drop(tenant: TenantId, id: string): Promise<boolean> {
    const [dropped] = await this.#db.batch([
      this.#db.prepare("delete from schedules where tenant = ? and id = ?").bind(tenant, id),
      this.#db.prepare("delete from occurrences where tenant = ? and schedule = ?").bind(tenant, id),
    ]);
    return (dropped?.meta.changes ?? 0) > 0;
  }

  async give(
    tenant: TenantId,
    id: string,
    { user, role, keyId }: Pick<Schedule, "user" | "role" | "keyId">,
  ): Promise<boolean> {
    const { meta } = await this.#db
      .prepare(
        `update schedules set user = ?, role = ?, key_id = ?, input_by = coalesce(input_by, user)
         where tenant = ? and id = ?`,
      )
      .bind(user, role, keyId, tenant, id)
      .run();
    return meta.changes > 0;
  }

  async setEnabled(
    tenant: TenantId,
    id: string,
    { isEnabled, nextAt }: Pick<Schedule, "isEnabled" | "nextAt">,
  ): Promise<boolean> {
    const { meta } = await this.#db
      .prepare("update schedules set enabled = ?, next_at = ? where tenant = ? and id = ?")
      .bind(isEnabled ? 1 : 0, nextAt, tenant, id)
      .run();
    return meta.changes > 0;
  }

  async find(tenant: TenantId, id: string): Promise<Schedule | null> {
    const row = await this.#db
      .prepare(`${SCHEDULES} where s.tenant = ? and s.id = ?`)
      .bind(tenant, id)
      .first();
    return row === null ? null : this.#toSchedule(row);
  }

  async list(tenant: TenantId): Promise<readonly Listed<Schedule>[]> {
    const { results } = await this.#db
      .prepare(`${SCHEDULES} where s.tenant = ? order by s.created_at, s.id`)
      .bind(tenant)
      .all();
    return Promise.all(results.map((row) => this.#toListed(row)));
  }

  async listDue(tenant: TenantId | null, now: number, limit: number): Promise<readonly Listed<Schedule>[]> {
    const { results } = await this.#db
      .prepare(
        `${SCHEDULES} where s.enabled = 1 and s.next_at <= ?1 and (?2 is null or s.tenant = ?2) order by s.next_at limit ?3`,
      )
      .bind(now, tenant, limit)
      .all();
    return Promise.all(results.map((row) => this.#toListed(row)));
  }

  #toListed(row: unknown): Promise<Listed<Schedule>> {
    return toListed(this.#toSchedule(row), { ...ScheduleRow.parse(row), input: {} });
  }

  async #toSchedule(row: unknown): Promise<Schedule> {
    const schedule = ScheduleRow.parse(row);
    const text = await this.#vault.open(placeOf(schedule), schedule.input);
    return { ...schedule, input: Input.parse(JSON.parse(text)) };
  }

  async take(
    { tenant, id, nextAt }: Schedule,
    slot: { at: number; nextAt: number | null; now: number },
  ): Promise<boolean> {
    const [taken] = await this.#db.batch([
      this.#db
        .prepare(
          `insert or ignore into occurrences (tenant, schedule, slot, status, started_at)
           select tenant, id, ?3, 'due', ?4 from schedules where tenant = ?1 and id = ?2 and enabled = 1`,
        )
        .bind(tenant, id, slot.at, slot.now),
      // Only from where this tick saw it: a slower tick does not move a schedule back.
      this.#db
        .prepare("update schedules set next_at = ? where tenant = ? and id = ? and next_at = ?")
        .bind(slot.nextAt, tenant, id, nextAt),
    ]);
    return (taken?.meta.changes ?? 0) > 0;
  }

  async markOccurrence(
    of: { tenant: TenantId; schedule: string; slot: number },
    status: OccurrenceStatus,
    runId: string | null,
  ): Promise<void> {
    await this.#db
      .prepare(
        "update occurrences set status = ?, run_id = coalesce(?, run_id) where tenant = ? and schedule = ? and slot = ?",
      )
      .bind(status, runId, of.tenant, of.schedule, of.slot)
      .run();
  }

  async listOpen(tenant: TenantId | null, before: number, limit: number): Promise<readonly Occurrence[]> {
    const { results } = await this.#db
      .prepare(
        `select * from occurrences where status in ('due', 'started') and started_at < ?1 and (?2 is null or tenant = ?2)
         order by status, random() limit ?3`,
      )
      .bind(before, tenant, limit)
      .all();
    return results.map((row) => OccurrenceRow.parse(row));
  }

  async listOccurrences(tenant: TenantId, schedule: string, limit: number): Promise<readonly Occurrence[]> {
    const { results } = await this.#db
      .prepare("select * from occurrences where tenant = ? and schedule = ? order by slot desc limit ?")
      .bind(tenant, schedule, limit)
      .all();
    return results.map((row) => OccurrenceRow.parse(row));
  }
}
