// Who a key belongs to. Only hashes are stored and compared; a look-up is kept for five seconds, so a revoked key dies soon.
import { z } from "zod";
import { OPERATOR, type TenantId } from "../../kernel/domain/id.ts";
import { TenantIdShape } from "../../kernel/domain/id-shapes.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { ROLES, SCOPES } from "../../kernel/domain/principal.ts";
import type { Identity, Member } from "../../kernel/ports/identity.ts";
import { toList } from "./json-list.ts";

/** Under the five seconds after which nobody may be let in by a key that is gone: reading takes time too. */
const FRESH_MS = 4_000;
/** Last use is for people who look for keys that nobody needs: a minute is exact enough, and one write. */
const USE_NOTED_MS = 60_000;

const KeyRow = z.object({
  id: z.string(),
  tenant: TenantIdShape,
  user: z.string(),
  role: z.enum(ROLES),
  scopes: toList(z.enum(SCOPES)),
  unlimited: z.number(),
  skills: toList(z.string()).nullable(),
  hands: toList(z.string()),
  line: toList(z.string()),
  expires_at: z.number().nullable(),
  last_used_at: z.number().nullable(),
});
const MemberRow = z.object({ role: z.enum(ROLES).nullable(), removed_at: z.number().nullable() });

/** One per isolate. Unknown keys are kept too: they are asked for again and again by mistake or malice. */
const known = new Map<string, { principal: Principal | null; expiresAt: number | null; readAt: number }>();
const MOST_KNOWN = 10_000;
/** When this isolate last noted that somebody came by a token. */
const noted = new Map<string, number>();
const NOTED_MS = 3_600_000;
const members = new Map<string, { member: Member | null; readAt: number }>();

/** It was erased: nobody is let in by what this isolate remembers of it. */
export function forgetKeysOf(tenant: TenantId): void {
  for (const [hash, { principal }] of known) if (principal?.tenant === tenant) known.delete(hash);
  for (const name of members.keys()) if (name.startsWith(`${tenant}/`)) members.delete(name);
}

interface Wishes {
  /** A limit that somebody set holds for the local owner too. */
  readonly limitsAll: boolean;
  /** For what need not be waited for. */
  readonly background: (work: Promise<unknown>) => void;
}

export class D1Identity implements Identity {
  readonly #db: D1Database;
  readonly #background: Wishes["background"];
  readonly #toPrincipal: (row: z.infer<typeof KeyRow>) => Principal;

  constructor(db: D1Database, { limitsAll, background }: Wishes) {
    this.#db = db;
    this.#background = background;
    this.#toPrincipal = (row) => toPrincipal(row, limitsAll);
  }

  async findByKey(keyHash: string, now: number): Promise<Principal | null> {
    const entry = known.get(keyHash);
    const current = entry && Math.abs(now - entry.readAt) < FRESH_MS ? entry : await this.#read(keyHash, now);
    if (current.expiresAt !== null && current.expiresAt <= now) return null;
    return current.principal;
  }

  async findLocalOwner(): Promise<Principal | null> {
    const row = await this.#db
      .prepare("select * from api_keys where tenant = ? and unlimited = 1 and revoked_at is null")
      .bind(OPERATOR)
      .first();
    return row === null ? null : this.#toPrincipal(KeyRow.parse(row));
  }

  async findMember(tenant: TenantId, user: string, now: number): Promise<Member | null> {
    const name = `${tenant}/${user}`;
    const entry = members.get(name);
    if (entry && Math.abs(now - entry.readAt) < FRESH_MS) return entry.member;
    const row = await this.#db
      .prepare(
        `select users.role, users.removed_at from tenants
         left join users on users.tenant = tenants.id and users.id = ? where tenants.id = ?`,
      )
      .bind(user, tenant)
      .first();
    const found = row === null ? null : MemberRow.parse(row);
    const member = found === null || found.removed_at !== null ? null : { role: found.role };
    if (members.size >= MOST_KNOWN) members.clear();
    members.set(name, { member, readAt: now });
    return member;
  }

  noteToken({ tenant, user, role }: Pick<Principal, "tenant" | "user" | "role">, now: number): void {
    const name = `${tenant}/${user}/${role}`;
    if (now - (noted.get(name) ?? 0) < NOTED_MS) return;
    if (noted.size >= MOST_KNOWN) noted.clear();
    noted.set(name, now);
    const kept = this.#db
      .prepare("insert or replace into token_users (tenant, id, role, seen_at) values (?, ?, ?, ?)")
      .bind(tenant, user, role, now)
      .run();
    this.#background(kept);
  }

  async #read(keyHash: string, now: number) {
    const row = await this.#db
      .prepare("select * from api_keys where hash = ? and revoked_at is null")
      .bind(keyHash)
      .first();
    const found = row === null ? null : KeyRow.parse(row);
    const principal = found && this.#toPrincipal(found);
    if (found && now - (found.last_used_at ?? 0) >= USE_NOTED_MS)
      this.#background(this.#noteUse(keyHash, now));
    if (known.size >= MOST_KNOWN) known.clear();
    const entry = { principal, expiresAt: found?.expires_at ?? null, readAt: now };
    known.set(keyHash, entry);
    return entry;
  }

  /** Many isolates see the same key: the first of them writes. */
  async #noteUse(keyHash: string, now: number): Promise<void> {
    const update = this.#db
      .prepare("update api_keys set last_used_at = ?1 where hash = ?2 and coalesce(last_used_at, 0) <= ?3")
      .bind(now, keyHash, now - USE_NOTED_MS);
    // One that is lost is written with the next use.
    await update.run().catch(() => null);
  }
}

function toPrincipal(row: z.infer<typeof KeyRow>, limitsAll: boolean): Principal {
  const { id, tenant, user, role, scopes, skills, unlimited } = row;
  const reach = skills === null ? {} : { skills };
  const whose = row.hands.length === 0 ? {} : { hands: row.hands };
  return {
    tenant,
    user,
    role,
    scopes,
    ...reach,
    ...whose,
    ...(row.line.length > 0 && { line: row.line }),
    keyId: id,
    unlimited: unlimited === 1 && !limitsAll,
  };
}
