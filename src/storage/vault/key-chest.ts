// What is done with keys themselves: looked at, wrapped anew, replaced, and what was sealed with the old one sealed again.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Place, Vault, VaultKeys, VaultState } from "../../kernel/ports/vault.ts";
import type { KeyRing } from "./key-ring.ts";
import { unwrap, wrap } from "./master-keys.ts";
import { TenantVault } from "./vault.ts";

/** So many rows at once: a worker's call ends some time. */
const BATCH = 200;

/** Long-lived, and worth most to a thief: what a tenant's rows hold of secrets. */
const SECRETS = [
  { table: "webhooks", column: "secret", id: "id" },
  { table: "secrets", column: "value", id: "name" },
] as const;

type SecretColumn = (typeof SECRETS)[number];

export class TenantKeyChest implements VaultKeys {
  readonly #ring: KeyRing;
  readonly #vault: Vault;
  readonly #db: D1Database;

  constructor(ring: KeyRing, db: D1Database) {
    this.#ring = ring;
    this.#vault = new TenantVault(ring);
    this.#db = db;
  }

  async state(tenant: TenantId): Promise<VaultState> {
    const { current } = await this.#ring.masters();
    const { newest } = await this.#ring.read(tenant);
    const wrappedBy = await this.#ring.rows.countByMaster();
    return { master: current.name, wrappedBy, keyVersion: Number(newest.name) };
  }

  async rewrap() {
    const masters = await this.#ring.masters();
    const master = masters.current.name;
    const found = await this.#ring.rows.listWrappedByOthers(master, BATCH);
    const opened = found.flatMap((row) => {
      const bytes = unwrap(masters, row, row.wrapped);
      return bytes === null ? [] : [{ ...row, bytes }];
    });
    const anew = opened.map(async ({ tenant, version, bytes }) => ({
      ...{ tenant, version, master },
      wrapped: await wrap(masters, { tenant, version }, bytes),
    }));
    if (anew.length > 0) await this.#ring.rows.rewrap(await Promise.all(anew));
    const counts = Object.entries(await this.#ring.rows.countByMaster());
    const left = counts.reduce((sum, [mark, n]) => (mark === master ? sum : sum + n), 0);
    return { rewrapped: anew.length, left };
  }

  async renew(tenant: TenantId): Promise<number> {
    const { newest } = await this.#ring.read(tenant);
    const version = Number(newest.name) + 1;
    await this.#ring.add(tenant, version);
    await this.#ring.read(tenant);
    return version;
  }

  async reseal(tenant: TenantId) {
    const { newest } = await this.#ring.read(tenant);
    const head = `s1.${newest.name}.`;
    let [resealed, left] = [0, 0];
    for (const column of SECRETS) {
      const rows = await this.#listOlder(tenant, column, head);
      for (const { id, value } of rows.slice(0, BATCH)) await this.#resealOne(tenant, column, { id, value });
      resealed += Math.min(rows.length, BATCH);
      left += Math.max(0, rows.length - BATCH);
    }
    return { resealed, left };
  }

  async #listOlder(tenant: TenantId, { table, column, id }: SecretColumn, head: string) {
    const { results } = await this.#db
      .prepare(
        `select ${id} as id, ${column} as value from ${table} where tenant = ?1 and ${column} is not null
         and substr(${column}, 1, length(?2)) <> ?2 limit ?3`,
      )
      .bind(tenant, head, BATCH + 1)
      .all<{ id: string; value: string }>();
    return results;
  }

  /** What was set anew meanwhile is left as it is. */
  async #resealOne(
    tenant: TenantId,
    { table, column, id }: SecretColumn,
    row: { readonly id: string; readonly value: string },
  ): Promise<void> {
    const place: Place = { tenant, column: `${table}.${column}`, row: row.id };
    const sealed = await this.#vault.seal(place, await this.#vault.open(place, row.value));
    await this.#db
      .prepare(`update ${table} set ${column} = ?1 where tenant = ?2 and ${id} = ?3 and ${column} = ?4`)
      .bind(sealed, tenant, row.id, row.value)
      .run();
  }
}
