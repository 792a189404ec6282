// A tenant's secrets: sealed in their rows, opened in this isolate's memory for a moment.
import type { TenantId } from "../../kernel/domain/id.ts";
import { type Listed, SealBroken, orBroken } from "../../kernel/domain/seal-broken.ts";
import type { SecretNote, SecretStore } from "../../kernel/ports/secrets.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";

/** A value that was set or deleted elsewhere counts here after this long; what was changed here counts at once. */
const FRESH_MS = 1_000;
/** Which values are masked may be older: an effect with a secret has just read it. */
const KNOWN_MS = 5_000;
const MOST_KNOWN = 1_000;

interface Entry {
  /** By name; what deliveries are signed with has none, and goes to no connector. */
  readonly values: ReadonlyMap<string | null, string | SealBroken>;
  /** The same list as long as nothing changes: what is made of it for masking is kept. */
  readonly list: readonly string[];
  readonly readAt: number;
}

/** One per isolate. */
const known = new Map<TenantId, Entry>();

function placeOf(tenant: TenantId, name: string): Place {
  return { tenant, column: "secrets.value", row: name };
}

export class D1Secrets implements SecretStore {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async load(tenant: TenantId, key: string): Promise<string | null> {
    const value = (await this.#read(tenant, FRESH_MS)).values.get(key) ?? null;
    if (value instanceof SealBroken) throw value;
    return value;
  }

  async known(tenant: TenantId): Promise<readonly string[]> {
    return (await this.#read(tenant, KNOWN_MS)).list;
  }

  async #read(tenant: TenantId, freshMs: number): Promise<Entry> {
    const entry = known.get(tenant);
    const now = Date.now();
    if (entry && now - entry.readAt < freshMs) return entry;
    const { results } = await this.#db
      .prepare(
        `select 'secrets.value' as place, name, value from secrets where tenant = ?1
         union all select 'webhooks.secret', id, secret from webhooks where tenant = ?1 and secret is not null order by 1, 2`,
      )
      .bind(tenant)
      .all<{ place: string; name: string; value: string }>();
    const opened = results.map(async ({ place: column, name, value }) => ({
      name: column === "secrets.value" ? name : null,
      value: await orBroken(this.#vault.open({ tenant, column, row: name }, value)),
    }));
    const all = await Promise.all(opened);
    const values = new Map(all.map(({ name, value }) => [name, value]));
    const list = all.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    const isSame = entry?.list.length === list.length && entry.list.every((one, n) => one === list[n]);
    if (known.size >= MOST_KNOWN) known.clear();
    const read = { values, list: isSame ? entry.list : list, readAt: now };
    known.set(tenant, read);
    return read;
  }

  async set(tenant: TenantId, { name, user, setAt }: SecretNote, value: string): Promise<void> {
    const sealed = await this.#vault.seal(placeOf(tenant, name), value);
    await this.#db
      .prepare("insert or replace into secrets (tenant, name, value, user, set_at) values (?, ?, ?, ?, ?)")
      .bind(tenant, name, sealed, user, setAt)
      .run();
    known.delete(tenant);
  }

  async list(tenant: TenantId): Promise<readonly Listed<SecretNote>[]> {
    const { values } = await this.#read(tenant, 0);
    const { results } = await this.#db
      .prepare("select name, user, set_at as setAt from secrets where tenant = ? order by name")
      .bind(tenant)
      .all<{ name: string; user: string; setAt: number }>();
    return results.map((note) => {
      const value = values.get(note.name);
      return value instanceof SealBroken ? { ...note, broken: value.told } : note;
    });
  }

  async drop(tenant: TenantId, name: string): Promise<boolean> {
    const { meta } = await this.#db
      .prepare("delete from secrets where tenant = ? and name = ?")
      .bind(tenant, name)
      .run();
    known.delete(tenant);
    return meta.changes > 0;
  }
}
