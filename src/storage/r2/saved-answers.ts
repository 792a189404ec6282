// Last good answers in R2 under `answers/<tenant>/<hash of the request>`: one per request, the newest.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { SavedAnswer, SavedAnswers } from "../../kernel/ports/saved-answers.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";

/** Its age too: an old answer is not made a new one. */
function placeOf(
  tenant: TenantId,
  key: string,
  { at, contentType }: Pick<SavedAnswer, "at" | "contentType">,
): Place {
  return { tenant, column: "answers.body", row: `${key} ${at} ${contentType}` };
}

export class R2SavedAnswers implements SavedAnswers {
  readonly #bucket: R2Bucket;
  readonly #vault: Vault;

  constructor(bucket: R2Bucket, vault: Vault) {
    this.#bucket = bucket;
    this.#vault = vault;
  }

  async load(tenant: TenantId, key: string): Promise<SavedAnswer | null> {
    const stored = await this.#bucket.get(`answers/${tenant}/${key}`);
    if (stored === null) return null;
    const contentType = stored.httpMetadata?.contentType ?? "";
    const at = Number(stored.customMetadata?.["at"] ?? 0);
    const place = placeOf(tenant, key, { at, contentType });
    return { at, contentType, body: await this.#vault.openBytes(place, await stored.arrayBuffer()) };
  }

  async save(tenant: TenantId, key: string, { at, contentType, body }: SavedAnswer): Promise<void> {
    const sealed = await this.#vault.sealBytes(placeOf(tenant, key, { at, contentType }), body);
    await this.#bucket.put(`answers/${tenant}/${key}`, sealed, {
      httpMetadata: { contentType },
      customMetadata: { at: String(at) },
    });
  }
}
