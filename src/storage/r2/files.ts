// Files in R2 under `files/<tenant>/<sha256>`: the name is the content, so a repeat makes the same object.
import type { TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { FileReference, Files, StoredFile } from "../../kernel/ports/files.ts";

const SHA256 = /^[0-9a-f]{64}$/;

export class R2Files implements Files {
  readonly #bucket: R2Bucket;

  constructor(bucket: R2Bucket) {
    this.#bucket = bucket;
  }

  async put(
    tenant: TenantId,
    bytes: Uint8Array,
    about: { readonly name: string; readonly type: string },
  ): Promise<FileReference> {
    const sha256 = await toSha256(bytes);
    // Metadata travels in headers, which hold no Cyrillic.
    const name = encodeURIComponent(about.name.toWellFormed());
    await this.#bucket.put(toKey(tenant, sha256), bytes, {
      sha256,
      httpMetadata: { contentType: about.type },
      customMetadata: { name },
    });
    return { sha256, name: about.name, type: about.type, size: bytes.byteLength };
  }

  async get(tenant: TenantId, sha256: string): Promise<StoredFile | null> {
    if (!SHA256.test(sha256)) return null;
    const object = await this.#bucket.get(toKey(tenant, sha256));
    if (object === null) return null;
    const bytes = new Uint8Array(await object.arrayBuffer());
    if ((await toSha256(bytes)) !== sha256) {
      throw new Fault(
        "file_damaged",
        "later",
        `the stored file ${sha256.slice(0, 8)} does not have its own content`,
      );
    }
    const name = decodeURIComponent(object.customMetadata?.["name"] ?? sha256);
    const type = object.httpMetadata?.contentType ?? "application/octet-stream";
    return { sha256, name, type, size: bytes.byteLength, bytes };
  }
}

function toKey(tenant: TenantId, sha256: string): string {
  return `files/${tenant}/${sha256}`;
}

async function toSha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
