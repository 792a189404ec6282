// Who a key belongs to. Only hashes are stored and compared; a look-up is kept for five seconds, so a revoked key dies soon.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { TenantIdShape } from "../../kernel/domain/id-shapes.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { ROLES, SCOPES } from "../../kernel/domain/principal.ts";
import type { Identity } from "../../kernel/ports/identity.ts";

const FRESH_MS = 5_000;

const KeyRow = z.object({
  id: z.string(),
  tenant: TenantIdShape,
  user: z.string(),
  role: z.enum(ROLES),
  scopes: z.string().transform((json) => z.array(z.enum(SCOPES)).parse(JSON.parse(json))),
  unlimited: z.number(),
  expires_at: z.number().nullable(),
});

/** One per isolate. Unknown keys are kept too: they are asked for again and again by mistake or malice. */
const known = new Map<string, { principal: Principal | null; expiresAt: number | null; readAt: number }>();
const MOST_KNOWN = 10_000;
/** When a tenant was last seen to be there. */
const tenants = new Map<TenantId, number>();

export class D1Identity implements Identity {
  readonly #db: D1Database;
  readonly #toPrincipal: (row: z.infer<typeof KeyRow>) => Principal;

  /** `limitsAll`: a limit that somebody set holds for the local owner too. */
  constructor(db: D1Database, { limitsAll }: { limitsAll: boolean }) {
    this.#db = db;
    this.#toPrincipal = (row) => toPrincipal(row, limitsAll);
  }

  async findByKey(keyHash: string, now: number): Promise<Principal | null> {
    const entry = known.get(keyHash);
    const current = entry && now - entry.readAt < FRESH_MS ? entry : await this.#read(keyHash, now);
    if (current.expiresAt !== null && current.expiresAt <= now) return null;
    return current.principal;
  }

  async findLocalOwner(): Promise<Principal | null> {
    const row = await this.#db
      .prepare("select * from api_keys where tenant = 'ten_local' and unlimited = 1 and revoked_at is null")
      .first();
    return row === null ? null : this.#toPrincipal(KeyRow.parse(row));
  }

  async hasTenant(tenant: TenantId, now: number): Promise<boolean> {
    const readAt = tenants.get(tenant);
    if (readAt !== undefined && now - readAt < FRESH_MS) return true;
    const row = await this.#db.prepare("select 1 from tenants where id = ?").bind(tenant).first();
    if (tenants.size >= MOST_KNOWN) tenants.clear();
    if (row !== null) tenants.set(tenant, now);
    return row !== null;
  }

  async #read(keyHash: string, now: number) {
    const row = await this.#db
      .prepare("select * from api_keys where hash = ? and revoked_at is null")
      .bind(keyHash)
      .first();
    const found = row === null ? null : KeyRow.parse(row);
    const principal = found && this.#toPrincipal(found);
    if (known.size >= MOST_KNOWN) known.clear();
    const entry = { principal, expiresAt: found?.expires_at ?? null, readAt: now };
    known.set(keyHash, entry);
    return entry;
  }
}

function toPrincipal(row: z.infer<typeof KeyRow>, limitsAll: boolean): Principal {
  const { id, tenant, user, role, scopes, unlimited } = row;
  return { tenant, user, role, scopes, keyId: id, unlimited: unlimited === 1 && !limitsAll };
}
