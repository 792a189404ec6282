// Users as rows. Whoever is removed leaves a row behind, and his keys end in the same batch. A tenant keeps an owner: the
// condition stands in the statements themselves, so that two owners cannot remove each other at once.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { type Role, ROLES } from "../../kernel/domain/principal.ts";
import type { User, Users } from "../../kernel/ports/keys.ts";

const UserRow = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  created_at: z.number(),
  email: z.string(),
  email_since: z.number(),
});

const COLUMNS = "id, name, role, created_at, email, email_since";

/** Of `?1` the tenant and `?2` the user. */
const HIM = "tenant = ?1 and id = ?2 and removed_at is null";
const OTHER_OWNER = `exists (select 1 from users as other where other.tenant = ?1 and other.id <> ?2
  and other.role = 'owner' and other.removed_at is null)`;

export class D1Users implements Users {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(tenant: TenantId, { id, name, role, createdAt, email, emailSince }: User): Promise<boolean> {
    const { meta } = await this.#db
      .prepare(
        `insert into users (tenant, id, role, name, created_at, email, email_since) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict do update set role = ?3, name = ?4, created_at = ?5, email = ?6, email_since = ?7, removed_at = null
         where removed_at is not null`,
      )
      .bind(tenant, id, role, name, createdAt, email, emailSince)
      .run();
    return meta.changes > 0;
  }

  async list(tenant: TenantId): Promise<readonly User[]> {
    const { results } = await this.#db
      .prepare(`select ${COLUMNS} from users where tenant = ? and removed_at is null order by id`)
      .bind(tenant)
      .all();
    return results.map(toUser);
  }

  async find(tenant: TenantId, id: string): Promise<User | null> {
    const row = await this.#db.prepare(`select ${COLUMNS} from users where ${HIM}`).bind(tenant, id).first();
    return row === null ? null : toUser(row);
  }

  async change(
    tenant: TenantId,
    id: string,
    { role, email, now }: { role: Role | null; email: string | null; now: number },
  ): Promise<boolean> {
    const [changed] = await this.#db.batch([
      this.#db
        .prepare(
          `update users set role = coalesce(?3, role), email = coalesce(?4, email),
             email_since = case when ?4 is null or ?4 = email then email_since else ?5 end
           where ${HIM} and (?3 is null or ?3 = 'owner' or ${OTHER_OWNER})`,
        )
        .bind(tenant, id, role, email, now),
      this.#db
        .prepare(
          `update api_keys set role = ?3 where tenant = ?1 and user = ?2 and unlimited = 0
           and exists (select 1 from users where ${HIM} and role = ?3)`,
        )
        .bind(tenant, id, role),
    ]);
    return (changed?.meta.changes ?? 0) > 0;
  }

  async remove(tenant: TenantId, id: string, now: number): Promise<boolean> {
    const [removed] = await this.#db.batch([
      this.#db
        .prepare(`update users set removed_at = ?3 where ${HIM} and ${OTHER_OWNER}`)
        .bind(tenant, id, now),
      this.#db
        .prepare(
          `update api_keys set revoked_at = ?3 where tenant = ?1 and user = ?2 and revoked_at is null
           and exists (select 1 from users where tenant = ?1 and id = ?2 and removed_at is not null)`,
        )
        .bind(tenant, id, now),
    ]);
    return (removed?.meta.changes ?? 0) > 0;
  }
}

function toUser(row: unknown): User {
  const { created_at, email_since, ...rest } = UserRow.parse(row);
  return { ...rest, createdAt: created_at, emailSince: email_since };
}
