// What is done with keys themselves: looked at, wrapped anew, replaced, and what was sealed with the old one sealed again.
import type { TenantId } from "../../kernel/domain/id.ts";
import { type BrokenSeal, SealBroken, orBroken } from "../../kernel/domain/seal-broken.ts";
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

/** Asked again within a minute, it is the same replacement: an answer was lost, or somebody else asked too. */
const SAME_MS = 60_000;

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
    const version = Number(newest.name);
    if (await this.#ring.rows.isRenewed(tenant, this.#ring.now() - SAME_MS)) return version;
    await this.#ring.add(tenant, version + 1);
    await this.#ring.read(tenant);
    return version + 1;
  }

  async reseal(tenant: TenantId) {
    const { newest } = await this.#ring.read(tenant);
    const head = `s1.${newest.name}.`;
    const told = { resealed: 0, left: 0, broken: [] as BrokenSeal[] };
    for (const column of SECRETS) {
      const done = await this.#resealColumn(tenant, column, head);
      told.resealed += done.resealed;
      told.left += done.left;
      told.broken.push(...done.broken);
    }
    return told;
  }

  /** In their order, past those that do not open: whoever asks again meets these again, and the rows behind them all the same. */
  async #resealColumn(tenant: TenantId, column: SecretColumn, head: string) {
    const broken: BrokenSeal[] = [];
    let resealed = 0;
    for (let after = ""; ; ) {
      const rows = await this.#listOlder(tenant, column, { head, after });
      for (const [at, row] of rows.entries()) {
        if (resealed === BATCH)
          return { resealed, broken, left: await this.#countOlder(tenant, column, { head, after }) };
        const failed = await this.#resealOne(tenant, column, row);
        if (failed) broken.push(failed.told);
        else resealed += 1;
        after = row.id;
        if (at === rows.length - 1 && rows.length < BATCH) return { resealed, broken, left: 0 };
      }
      if (rows.length === 0) return { resealed, broken, left: 0 };
    }
  }

  async #listOlder(tenant: TenantId, from: SecretColumn, { head, after }: Older) {
    const { column, id } = from;
    const { results } = await this.#db
      .prepare(`select ${id} as id, ${column} as value ${toOlder(from)} order by ${id} limit ?4`)
      .bind(tenant, head, after, BATCH)
      .all<{ id: string; value: string }>();
    return results;
  }

  async #countOlder(tenant: TenantId, column: SecretColumn, { head, after }: Older): Promise<number> {
    const count = this.#db.prepare(`select count(*) as n ${toOlder(column)}`).bind(tenant, head, after);
    return (await count.first<number>("n")) ?? 0;
  }

  /** What was set anew meanwhile is left as it is. */
  async #resealOne(
    tenant: TenantId,
    { table, column, id }: SecretColumn,
    row: { readonly id: string; readonly value: string },
  ): Promise<SealBroken | null> {
    const place: Place = { tenant, column: `${table}.${column}`, row: row.id };
    const opened = await orBroken(this.#vault.open(place, row.value));
    if (opened instanceof SealBroken) return opened;
    const sealed = await this.#vault.seal(place, opened);
    await this.#db
      .prepare(`update ${table} set ${column} = ?1 where tenant = ?2 and ${id} = ?3 and ${column} = ?4`)
      .bind(sealed, tenant, row.id, row.value)
      .run();
    return null;
  }
}

interface Older {
  /** Of values that the newest key has sealed. */
  readonly head: string;
  readonly after: string;
}

function toOlder({ table, column, id }: SecretColumn): string {
  return `from ${table} where tenant = ?1 and ${column} is not null
    and substr(${column}, 1, length(?2)) <> ?2 and ${id} > ?3`;
}
