// Users as rows. Whoever is removed leaves a row behind, and his keys end in the same batch. A tenant keeps an owner: the
// condition stands in the statements themselves, so that two owners cannot remove each other at once.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { isMailAddress } from "../../kernel/domain/mail.ts";
import { LATELY_MS } from "../../kernel/domain/person.ts";
import { ROLES } from "../../kernel/domain/principal.ts";
import type { Candidate, User, Users } from "../../kernel/ports/keys.ts";
import { toList } from "./json-list.ts";

const UserRow = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  created_at: z.number(),
  email: z.string(),
  email_since: z.number(),
  email_by: toList(z.string()),
});

const CandidateRow = UserRow.extend({
  role_before: z.enum(ROLES).nullable(),
  role_since: z.number(),
  removed_at: z.number().nullable(),
  keys: z
    .string()
    .transform((json) => z.array(z.array(z.string())).parse(JSON.parse(json)))
    .nullable(),
});

const COLUMNS = "id, name, role, created_at, email, email_since, email_by";

/** Of `?1` the tenant, `?2` a day ago and `?3` now: keys that ended meanwhile were ways to come too. */
const DECIDING = `select u.*, k.keys from users u left join (
    select user, json_group_array(json(hands)) as keys from api_keys
    where tenant = ?1 and coalesce(revoked_at, ?3) > ?2 and coalesce(expires_at, ?3) > ?2
      and (instr(scopes, '"run"') > 0 or instr(scopes, '"admin"') > 0)
    group by user) k on k.user = u.id
  where u.tenant = ?1 and coalesce(u.removed_at, ?3) > ?2 order by u.id`;

/** Who came by a token within the week, with the role that it gave. */
const BY_TOKEN = `select id, role from token_users where tenant = ?1 and seen_at > ?2 and role <> 'viewer' order by id`;
const TOKEN_MS = 7 * 24 * 3_600_000;
const ByToken = z.object({ id: z.string(), role: z.enum(ROLES) });

/** Later in the list is less. */
const RANK = (role: string) => `instr('${ROLES.join(" ")}', ${role})`;
/** The greatest of the last day, where the role becomes less: who makes others smaller first is not alone at once. */
const toBefore = (role: string, now: string) => `role_before = case
    when ${RANK(role)} <= ${RANK("users.role")} then role_before
    when role_before is not null and role_since > ${now} - ${LATELY_MS} and ${RANK("role_before")} < ${RANK("users.role")} then role_before
    else users.role end,
  role_since = case when ${RANK(role)} > ${RANK("users.role")} then ${now} else role_since end`;

/** Of `?1` the tenant and `?2` the user. */
const HIM = "tenant = ?1 and id = ?2 and removed_at is null";
const OTHER_OWNER = `exists (select 1 from users as other where other.tenant = ?1 and other.id <> ?2
  and other.role = 'owner' and other.removed_at is null)`;

export class D1Users implements Users {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  async add(tenant: TenantId, user: User): Promise<boolean> {
    const { id, name, role, createdAt, email, emailSince, emailBy } = user;
    const { meta } = await this.#db
      .prepare(
        `insert into users (tenant, id, role, name, created_at, email, email_since, email_by)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         on conflict do update set ${toBefore("?3", "?5")}, role = ?3, name = ?4, created_at = ?5, email = ?6,
           email_since = ?7, email_by = ?8, removed_at = null
         where removed_at is not null`,
      )
      .bind(tenant, id, role, name, createdAt, email, emailSince, JSON.stringify(emailBy))
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

  async listDeciding(tenant: TenantId, now: number): Promise<readonly Candidate[]> {
    const since = now - LATELY_MS;
    const [users, tokens] = await this.#db.batch([
      this.#db.prepare(DECIDING).bind(tenant, since, now),
      this.#db.prepare(BY_TOKEN).bind(tenant, now - TOKEN_MS),
    ]);
    const known = (users?.results ?? []).map((row) => toCandidate(row, since));
    return withTokens(
      known,
      (tokens?.results ?? []).map((row) => ByToken.parse(row)),
    );
  }

  async find(tenant: TenantId, id: string): Promise<User | null> {
    const row = await this.#db.prepare(`select ${COLUMNS} from users where ${HIM}`).bind(tenant, id).first();
    return row === null ? null : toUser(row);
  }

  async change(
    tenant: TenantId,
    id: string,
    { role, email, emailBy, now }: Parameters<Users["change"]>[2],
  ): Promise<boolean> {
    const [changed] = await this.#db.batch([
      this.#db
        .prepare(
          `update users set ${toBefore("coalesce(?3, users.role)", "?5")}, role = coalesce(?3, role), email = coalesce(?4, email),
             email_since = case when ?4 is null or ?4 = email then email_since else ?5 end,
             email_by = case when ?4 is null then email_by else ?6 end
           where ${HIM} and (?3 is null or ?3 = 'owner' or ${OTHER_OWNER})`,
        )
        .bind(tenant, id, role, email, now, JSON.stringify(emailBy)),
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
  const { created_at, email_since, email_by, ...rest } = UserRow.parse(row);
  return { ...rest, createdAt: created_at, emailSince: email_since, emailBy: email_by };
}

/** A token is a way that nobody else has in hand; whom no owner has written down has what it gives him. */
function withTokens(
  known: readonly Candidate[],
  tokens: readonly z.infer<typeof ByToken>[],
): readonly Candidate[] {
  const came = new Set(tokens.map(({ id }) => id));
  const written = known.map((one) => (came.has(one.id) ? { ...one, ways: [...(one.ways ?? []), []] } : one));
  const ids = new Set(known.map(({ id }) => id));
  const others = tokens.filter(({ id }) => !ids.has(id));
  return [
    ...written,
    ...others.map((one) => ({ ...one, ways: [[]], email: "", emailSince: 0, emailBy: [] })),
  ];
}

function toCandidate(row: unknown, since: number): Candidate {
  const found = CandidateRow.parse(row);
  const { id, role, email, role_before: before, role_since, removed_at, email_by: emailBy } = found;
  const isLess = before !== null && role_since > since && ROLES.indexOf(before) < ROLES.indexOf(role);
  const mailed = email !== "" || isMailAddress(id) ? [emailBy] : [];
  return {
    ...{ id, email, emailSince: found.email_since, emailBy },
    role: removed_at === null ? role : null,
    lately: isLess ? before : role,
    ways: [...(found.keys ?? []), ...mailed],
  };
}
