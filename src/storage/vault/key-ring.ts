// The data keys that this isolate has at hand, by tenant. They are looked for again before they are five seconds old, so an erased
// key is forgotten by then; while a tenant is busy that happens beside its work, and nobody waits for it.
import type { TenantId } from "../../kernel/domain/id.ts";
import { SealBroken } from "../../kernel/domain/seal-broken.ts";
import { KeyRows } from "./key-rows.ts";
import { loadMasterKeys, type MasterKeys, type MasterSettings, unwrap, wrap } from "./master-keys.ts";
import { KEY_BYTES, type SealingKey, toSealingKey } from "./sealed.ts";

/** Older ones open nothing. */
const FRESH_MS = 5_000;
/** From here on somebody waits: what opens in the same turn must not meet the limit. */
const WAIT_MS = 4_500;
const LOOK_AGAIN_MS = 2_500;
const MOST_HELD = 10_000;

export interface TenantKeys {
  readonly newest: SealingKey;
  readonly byVersion: ReadonlyMap<string, SealingKey>;
}

interface Held {
  readonly keys: TenantKeys;
  readonly readAt: number;
  isLooking: boolean;
}

/** One per isolate. */
const held = new Map<TenantId, Held>();

interface Around {
  readonly background: (work: Promise<unknown>) => void;
  readonly now: () => number;
}

export class KeyRing {
  readonly rows: KeyRows;
  readonly #settings: MasterSettings;
  readonly #around: Around;
  #masters: Promise<MasterKeys> | null = null;

  constructor(db: D1Database, settings: MasterSettings, around: Around) {
    this.rows = new KeyRows(db);
    this.#settings = settings;
    this.#around = around;
  }

  /** Rejects as long as the keys that were given are none. */
  masters(): Promise<MasterKeys> {
    this.#masters ??= loadMasterKeys(this.#settings);
    return this.#masters;
  }

  /** Null: they are at hand. */
  ready(tenant: TenantId): Promise<void> | null {
    const entry = held.get(tenant);
    const ageMs = entry === undefined ? Number.POSITIVE_INFINITY : this.#around.now() - entry.readAt;
    if (ageMs >= WAIT_MS) return this.#refresh(tenant);
    if (entry && ageMs >= LOOK_AGAIN_MS && !entry.isLooking) {
      entry.isLooking = true;
      // If it fails, whoever comes when they are too old tries again and is told.
      this.#around.background(this.read(tenant).catch(() => undefined));
    }
    return null;
  }

  /**
   * A database that is away stops nobody who has keys from sealing: what a run did must be kept, and with a key that was erased
   * meanwhile it is kept for nobody. Nothing is opened with them.
   */
  async #refresh(tenant: TenantId): Promise<void> {
    try {
      await this.read(tenant);
    } catch (error) {
      if (!held.has(tenant) || error instanceof SealBroken) throw error;
    }
  }

  /** Null: none that may open anything. */
  toOpen(tenant: TenantId): TenantKeys | null {
    const entry = held.get(tenant);
    return entry && this.#around.now() - entry.readAt < FRESH_MS ? entry.keys : null;
  }

  /** Of a tenant whose keys are ready. */
  toSeal(tenant: TenantId): SealingKey | null {
    return held.get(tenant)?.keys.newest ?? null;
  }

  async of(tenant: TenantId): Promise<TenantKeys> {
    await this.ready(tenant);
    return this.toOpen(tenant) ?? this.read(tenant);
  }

  /** Throws where it has none and gets none (it was erased, or there never was such a tenant), and where the newest does not open. */
  async read(tenant: TenantId): Promise<TenantKeys> {
    const masters = await this.masters();
    const readAt = this.#around.now();
    let rows = await this.rows.list(tenant);
    if (rows.length === 0 && (await this.add(tenant, 1))) rows = await this.rows.list(tenant);
    if (rows.length === 0) {
      held.delete(tenant);
      throw noKey(tenant);
    }
    const opened = rows.flatMap(({ version, wrapped }) => {
      const bytes = unwrap(masters, { tenant, version }, wrapped);
      return bytes === null ? [] : [toSealingKey(String(version), bytes)];
    });
    const all = await Promise.all(opened);
    const newest = all.at(-1);
    // With an older one nothing is sealed: it may have been replaced because somebody knows it.
    if (newest?.name !== String(rows.at(-1)?.version)) throw noKey(tenant);
    const keys = { newest, byVersion: new Map(all.map((key) => [key.name, key])) };
    if (held.size >= MOST_HELD) held.clear();
    held.set(tenant, { keys, readAt, isLooking: false });
    return keys;
  }

  async add(tenant: TenantId, version: number): Promise<boolean> {
    const masters = await this.masters();
    const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    const wrapped = await wrap(masters, { tenant, version }, bytes);
    await this.rows.add({ tenant, version, wrapped, master: masters.current.name, now: this.#around.now() });
    return (await this.rows.list(tenant)).length > 0;
  }

  now(): number {
    return this.#around.now();
  }

  forget(tenant: TenantId): void {
    held.delete(tenant);
  }
}

function noKey(tenant: TenantId): SealBroken {
  return new SealBroken({ why: "key_missing", tenant, column: "tenant_keys.wrapped", row: tenant });
}
