// Keys as rows. Only hashes are stored; a row stays after its end, because records name its id.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { ROLES, SCOPES } from "../../kernel/domain/principal.ts";
import type { HeldKey, KeyRecord, Keys, NewKey, SetUpBy } from "../../kernel/ports/keys.ts";
import { toList } from "./json-list.ts";

const COLUMNS =
  "id, name, user, role, scopes, skills, created_at, expires_at, last_used_at, unlimited, made_by, made_with, coalesce(root, id) as root, line, hands";

const KeyRow = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string(),
  role: z.enum(ROLES),
  scopes: toList(z.enum(SCOPES)),
  skills: toList(z.string()).nullable(),
  created_at: z.number(),
  expires_at: z.number().nullable(),
  last_used_at: z.number().nullable(),
  unlimited: z.number(),
  made_by: z.string().nullable(),
  made_with: z.string().nullable(),
  root: z.string(),
  line: toList(z.string()),
  hands: toList(z.string()),
});

const HeldRow = KeyRow.extend({ asked: z.string(), revoked_at: z.number().nullable() });

/** From each key that is asked for along its rotations; a line that nobody ends is cut off. */
const FOLLOW = `with recursive line (asked, id, step) as (
    select value, value, 0 from json_each(?2)
    union all
    select line.asked, k.replaced_by, line.step + 1 from line
    join api_keys k on k.tenant = ?1 and k.id = line.id where k.replaced_by is not null and line.step < 1000)
  select line.asked, k.*, coalesce(k.root, k.id) as root, max(line.step) from line join api_keys k on k.tenant = ?1 and k.id = line.id group by line.asked`;

/** Of the keys themselves and of all that were rotated into them. */
const SET_UP = `with recursive line (id) as (
    select k.id from api_keys k join json_each(?2) as one on k.id = one.value
      where k.tenant = ?1 and k.replaced_by is null
    union
    select k.id from api_keys k join line on k.tenant = ?1 and k.replaced_by = line.id)
  select 'webhooks' as what, id from webhooks where tenant = ?1 and key_id in (select id from line)
  union all
  select 'schedules', id from schedules where tenant = ?1 and key_id in (select id from line) order by 1, 2`;

/** Made with it, and with those. */
const MADE = `with recursive made (id) as (
    select id from api_keys where tenant = ?1 and made_with = ?2
    union
    select k.id from api_keys k join made on k.tenant = ?1 and k.made_with = made.id)`;

const SetUpRow = z.object({ what: z.enum(["webhooks", "schedules"]), id: z.string() });

export class D1Keys implements Keys {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(tenant: TenantId, key: NewKey): Promise<boolean> {
    const { meta } = await this.#toInsert(tenant, key).run();
    return meta.changes > 0;
  }

  async list(tenant: TenantId): Promise<readonly KeyRecord[]> {
    const { results } = await this.#db
      .prepare(
        `select ${COLUMNS} from api_keys where tenant = ? and revoked_at is null order by created_at, id`,
      )
      .bind(tenant)
      .all();
    return results.map(toRecord);
  }

  async find(tenant: TenantId, id: string): Promise<KeyRecord | null> {
    const row = await this.#db
      .prepare(`select ${COLUMNS} from api_keys where tenant = ? and id = ? and revoked_at is null`)
      .bind(tenant, id)
      .first();
    return row === null ? null : toRecord(row);
  }

  async findRoots(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { results } = await this.#db
      .prepare(
        "select id, coalesce(root, id) as root from api_keys where tenant = ?1 and id in (select value from json_each(?2))",
      )
      .bind(tenant, JSON.stringify(ids))
      .all<{ id: string; root: string }>();
    return new Map(results.map(({ id, root }) => [id, root]));
  }

  async revoke(
    tenant: TenantId,
    id: string,
    { now, descendants }: { now: number; descendants: { readonly user: string | null } | null },
  ): Promise<readonly string[]> {
    const { results } = await this.#db
      .prepare(
        `${MADE} update api_keys set revoked_at = ?3 where tenant = ?1 and revoked_at is null
           and (id = ?2 or ?4 and id in (select id from made) and (?5 is null or user = ?5)) returning id`,
      )
      .bind(tenant, id, now, descendants === null ? 0 : 1, descendants?.user ?? null)
      .all();
    return toIds(results);
  }

  async follow(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, HeldKey>> {
    if (ids.length === 0) return new Map();
    const { results } = await this.#db.prepare(FOLLOW).bind(tenant, JSON.stringify(ids)).all();
    return new Map(
      results.map((row) => {
        const { asked, revoked_at } = HeldRow.parse(row);
        return [asked, { ...toRecord(row), isRevoked: revoked_at !== null }];
      }),
    );
  }

  async listMadeWith(tenant: TenantId, id: string): Promise<readonly string[]> {
    const { results } = await this.#db
      .prepare(
        `${MADE} select id from api_keys where tenant = ?1 and id in (select id from made) and revoked_at is null
         order by created_at, id`,
      )
      .bind(tenant, id)
      .all();
    return toIds(results);
  }

  async listSetUp(tenant: TenantId, ids: readonly string[]): Promise<SetUpBy> {
    const { results } = await this.#db.prepare(SET_UP).bind(tenant, JSON.stringify(ids)).all();
    const rows = results.map((row) => SetUpRow.parse(row));
    const of = (kind: keyof SetUpBy) => rows.filter(({ what }) => what === kind).map((row) => row.id);
    return { webhooks: of("webhooks"), schedules: of("schedules") };
  }

  async rotate(
    tenant: TenantId,
    { old, key, until }: { old: string; key: NewKey; until: number },
  ): Promise<boolean> {
    const [inserted] = await this.#db.batch([
      this.#toInsert(tenant, key, old),
      this.#db
        .prepare(
          `update api_keys set expires_at = min(coalesce(expires_at, ?1), ?1), replaced_by = ?4
           where tenant = ?2 and id = ?3 and exists (select 1 from api_keys where tenant = ?2 and id = ?4)`,
        )
        .bind(until, tenant, old, key.id),
    ]);
    return (inserted?.meta.changes ?? 0) > 0;
  }

  /** A revoked key is believed for some seconds more where it was just seen: whether it is good is asked in the statement itself. */
  #toInsert(tenant: TenantId, key: NewKey, old: string | null = null): D1PreparedStatement {
    const { hash, id, user, role, scopes, createdAt, expiresAt, name, skills, madeBy, hands } = key;
    return this.#db
      .prepare(
        `insert into api_keys (hash, id, tenant, user, role, scopes, created_at, expires_at, name, skills, made_by, hands, made_with, line, root)
         select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?16
         where (?13 is null or exists (select 1 from api_keys where tenant = ?3 and id = ?13
             and revoked_at is null and (expires_at is null or expires_at > ?7)))
           and (?15 is null or exists (select 1 from api_keys where tenant = ?3 and id = ?15 and revoked_at is null))`,
      )
      .bind(
        hash,
        id,
        tenant,
        user,
        role,
        JSON.stringify(scopes),
        createdAt,
        expiresAt,
        name,
        skills === null ? null : JSON.stringify(skills),
        madeBy,
        JSON.stringify(hands),
        key.madeWith,
        JSON.stringify(key.line),
        old,
        key.root,
      );
  }
}

function toIds(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => z.object({ id: z.string() }).parse(row).id);
}

function toRecord(row: unknown): KeyRecord {
  const { created_at, expires_at, last_used_at, unlimited, made_by, made_with, ...rest } = KeyRow.parse(row);
  return {
    ...rest,
    createdAt: created_at,
    madeBy: made_by,
    madeWith: made_with,
    expiresAt: expires_at,
    lastUsedAt: last_used_at,
    isOfThisComputer: unlimited === 1,
  };
}
