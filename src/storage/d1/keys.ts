// Keys as rows. Only hashes are stored; a row stays after its end, because records name its id.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { ROLES, SCOPES } from "../../kernel/domain/principal.ts";
import type { HeldKey, KeyRecord, Keys, NewKey, SetUpBy } from "../../kernel/ports/keys.ts";

const COLUMNS =
  "id, name, user, role, scopes, skills, created_at, expires_at, last_used_at, unlimited, made_by, hands";

const toList = <Item extends z.ZodType>(item: Item) =>
  z.string().transform((json) => z.array(item).parse(JSON.parse(json)));

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
  hands: toList(z.string()),
});

const HeldRow = KeyRow.extend({ asked: z.string(), revoked_at: z.number().nullable() });

/** From each key that is asked for along its rotations; a line that nobody ends is cut off. */
const FOLLOW = `with recursive line (asked, id, step) as (
    select value, value, 0 from json_each(?2)
    union all
    select line.asked, k.replaced_by, line.step + 1 from line
    join api_keys k on k.tenant = ?1 and k.id = line.id where k.replaced_by is not null and line.step < 1000)
  select line.asked, k.*, max(line.step) from line join api_keys k on k.tenant = ?1 and k.id = line.id group by line.asked`;

/** Of the key itself and of all that were rotated into it. */
const SET_UP = `with recursive line (id) as (
    select k.id from api_keys k where k.tenant = ?1 and k.id = ?2 and k.replaced_by is null
    union
    select k.id from api_keys k join line on k.tenant = ?1 and k.replaced_by = line.id)
  select 'webhooks' as what, id from webhooks where tenant = ?1 and key_id in (select id from line)
  union all
  select 'schedules', id from schedules where tenant = ?1 and key_id in (select id from line) order by 1, 2`;

const SetUpRow = z.object({ what: z.enum(["webhooks", "schedules"]), id: z.string() });

export class D1Keys implements Keys {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(tenant: TenantId, key: NewKey): Promise<void> {
    await this.#toInsert(tenant, key).run();
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

  async revoke(tenant: TenantId, id: string, now: number): Promise<boolean> {
    const { meta } = await this.#db
      .prepare("update api_keys set revoked_at = ? where tenant = ? and id = ? and revoked_at is null")
      .bind(now, tenant, id)
      .run();
    return meta.changes > 0;
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
        "select id from api_keys where tenant = ? and made_with = ? and revoked_at is null order by created_at",
      )
      .bind(tenant, id)
      .all();
    return results.map((row) => z.object({ id: z.string() }).parse(row).id);
  }

  async listSetUp(tenant: TenantId, id: string): Promise<SetUpBy> {
    const { results } = await this.#db.prepare(SET_UP).bind(tenant, id).all();
    const rows = results.map((row) => SetUpRow.parse(row));
    const of = (kind: keyof SetUpBy) => rows.filter(({ what }) => what === kind).map((row) => row.id);
    return { webhooks: of("webhooks"), schedules: of("schedules") };
  }

  async rotate(
    tenant: TenantId,
    { old, key, until }: { old: string; key: NewKey; until: number },
  ): Promise<void> {
    await this.#db.batch([
      this.#toInsert(tenant, key),
      this.#db
        .prepare(
          `update api_keys set expires_at = min(coalesce(expires_at, ?1), ?1), replaced_by = ?4
           where tenant = ?2 and id = ?3 and revoked_at is null`,
        )
        .bind(until, tenant, old, key.id),
    ]);
  }

  #toInsert(tenant: TenantId, key: NewKey): D1PreparedStatement {
    const { hash, id, user, role, scopes, createdAt, expiresAt, name, skills, madeBy, hands } = key;
    return this.#db
      .prepare(
        `insert into api_keys (hash, id, tenant, user, role, scopes, created_at, expires_at, name, skills, made_by, hands, made_with)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      );
  }
}

function toRecord(row: unknown): KeyRecord {
  const { created_at, expires_at, last_used_at, unlimited, made_by, ...rest } = KeyRow.parse(row);
  return {
    ...rest,
    createdAt: created_at,
    madeBy: made_by,
    expiresAt: expires_at,
    lastUsedAt: last_used_at,
    isOfThisComputer: unlimited === 1,
  };
}
