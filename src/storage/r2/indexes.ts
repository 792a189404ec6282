// Routing indexes in R2 under `indexes/<tenant>/<hash>`. Losing one costs a build, never an answer.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { IndexStore } from "../../kernel/ports/index-store.ts";

/** How many a tenant keeps: the one that serves and those of the versions just before it. */
const KEPT = 3;

export class R2Indexes implements IndexStore {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async load(tenant: TenantId, hash: string): Promise<Uint8Array | null> {
    const stored = await this.#bucket.get(`indexes/${tenant}/${hash}`);
    return stored === null ? null : new Uint8Array(await stored.arrayBuffer());
  }

  async save(tenant: TenantId, hash: string, blob: Uint8Array): Promise<void> {
    await this.#bucket.put(`indexes/${tenant}/${hash}`, blob);
    const { objects } = await this.#bucket.list({ prefix: `indexes/${tenant}/` });
    const old = objects.toSorted((a, b) => b.uploaded.getTime() - a.uploaded.getTime()).slice(KEPT);
    if (old.length > 0) await this.#bucket.delete(old.map(({ key }) => key));
  }
}
