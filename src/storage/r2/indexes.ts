// Routing indexes in R2 under `indexes/<tenant>/<hash>`. Losing one costs a build, never an answer.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { IndexStore } from "../../kernel/ports/index-store.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";

/** Corrections are learnt from: their words are in it. */
function placeOf(tenant: TenantId, hash: string): Place {
  return { tenant, column: "indexes.blob", row: hash };
}

/** How many a tenant keeps: the one that serves and those of the versions just before it. */
const KEPT = 3;

export class R2Indexes implements IndexStore {
  readonly #bucket: R2Bucket;
  readonly #vault: Vault;

  constructor(bucket: R2Bucket, vault: Vault) {
    this.#bucket = bucket;
    this.#vault = vault;
  }

  async load(tenant: TenantId, hash: string): Promise<Uint8Array | null> {
    const stored = await this.#bucket.get(`indexes/${tenant}/${hash}`);
    return stored === null ? null : this.#vault.openBytes(placeOf(tenant, hash), await stored.arrayBuffer());
  }

  async save(tenant: TenantId, hash: string, blob: Uint8Array): Promise<void> {
    const sealed = await this.#vault.sealBytes(placeOf(tenant, hash), blob);
    await this.#bucket.put(`indexes/${tenant}/${hash}`, sealed);
    const { objects } = await this.#bucket.list({ prefix: `indexes/${tenant}/` });
    const old = objects.toSorted((a, b) => b.uploaded.getTime() - a.uploaded.getTime()).slice(KEPT);
    if (old.length > 0) await this.#bucket.delete(old.map(({ key }) => key));
  }
}
