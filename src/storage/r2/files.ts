// Files in R2 under `files/<tenant>/<sha256>`, sealed as their names are. The object is named by what it holds, so a repeat takes its
// place; whoever sees that name and has the same file knows that it is here.
import type { TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";
import type { FileReference, Files, StoredFile } from "../../kernel/ports/files.ts";

const SHA256 = /^[0-9a-f]{64}$/;

export class R2Files implements Files {
  readonly #bucket: R2Bucket;
  readonly #vault: Vault;

  constructor(bucket: R2Bucket, vault: Vault) {
    this.#bucket = bucket;
    this.#vault = vault;
  }

  async put(
    tenant: TenantId,
    bytes: Uint8Array,
    about: { readonly name: string; readonly type: string },
  ): Promise<FileReference> {
    const sha256 = await toSha256(bytes);
    const [sealed, name] = await Promise.all([
      this.#vault.sealBytes(placeOf(tenant, sha256, "body"), bytes),
      this.#vault.seal(placeOf(tenant, sha256, "name"), about.name),
    ]);
    await this.#bucket.put(toKey(tenant, sha256), sealed, {
      httpMetadata: { contentType: about.type },
      customMetadata: { name },
    });
    return { sha256, name: about.name, type: about.type, size: bytes.byteLength };
  }

  async has(tenant: TenantId, sha256: string): Promise<boolean> {
    return SHA256.test(sha256) && (await this.#bucket.head(toKey(tenant, sha256))) !== null;
  }

  async get(tenant: TenantId, sha256: string): Promise<StoredFile | null> {
    if (!SHA256.test(sha256)) return null;
    const object = await this.#bucket.get(toKey(tenant, sha256));
    if (object === null) return null;
    const [bytes, name] = await Promise.all([
      object.arrayBuffer().then((sealed) => this.#vault.openBytes(placeOf(tenant, sha256, "body"), sealed)),
      this.#vault.open(placeOf(tenant, sha256, "name"), object.customMetadata?.["name"]),
    ]);
    if ((await toSha256(bytes)) !== sha256) {
      throw new Fault(
        "file_damaged",
        "later",
        `the stored file ${sha256.slice(0, 8)} does not have its own content`,
      );
    }
    const type = object.httpMetadata?.contentType ?? "application/octet-stream";
    return { sha256, name, type, size: bytes.byteLength, bytes };
  }
}

function placeOf(tenant: TenantId, sha256: string, part: "body" | "name"): Place {
  return { tenant, column: `files.${part}`, row: sha256 };
}

function toKey(tenant: TenantId, sha256: string): string {
  return `files/${tenant}/${sha256}`;
}

async function toSha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
