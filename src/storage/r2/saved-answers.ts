// Last good answers in R2 under `answers/<tenant>/<hash of the request>`: one per request, the newest.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { SavedAnswer, SavedAnswers } from "../../kernel/ports/saved-answers.ts";

export class R2SavedAnswers implements SavedAnswers {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async load(tenant: TenantId, key: string): Promise<SavedAnswer | null> {
    const stored = await this.#bucket.get(`answers/${tenant}/${key}`);
    if (stored === null) return null;
    const contentType = stored.httpMetadata?.contentType ?? "";
    return {
      at: Number(stored.customMetadata?.["at"] ?? 0),
      contentType,
      body: new Uint8Array(await stored.arrayBuffer()),
    };
  }

  async save(tenant: TenantId, key: string, { at, contentType, body }: SavedAnswer): Promise<void> {
    await this.#bucket.put(`answers/${tenant}/${key}`, body, {
      httpMetadata: { contentType },
      customMetadata: { at: String(at) },
    });
  }
}
