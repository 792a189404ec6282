// How many objects of a tenant there are, and how large. Counted as far as a bounded number of looks goes.
import type { TenantId } from "../../kernel/domain/id.ts";

const PREFIXES = ["files", "answers", "indexes"] as const;
const LOOKS = 20;

export class R2Blobs {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async count(tenant: TenantId): Promise<{ count: number; bytes: number }> {
    const counted = await Promise.all(PREFIXES.map((prefix) => this.#count(`${prefix}/${tenant}/`)));
    return {
      count: counted.reduce((sum, { count }) => sum + count, 0),
      bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async #count(prefix: string): Promise<{ count: number; bytes: number }> {
    let [count, bytes] = [0, 0];
    let where = {};
    for (let look = 0; look < LOOKS; look += 1) {
      const page = await this.#bucket.list({ prefix, ...where });
      count += page.objects.length;
      bytes += page.objects.reduce((sum, { size }) => sum + size, 0);
      if (!page.truncated) break;
      where = { cursor: page.cursor };
    }
    return { count, bytes };
  }
}
