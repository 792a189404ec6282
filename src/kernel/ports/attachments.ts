// The list of a tenant's files. Their bytes are in `files`, under their SHA-256.
import type { TenantId } from "../domain/id.ts";
import type { FileReference } from "./files.ts";

/** Under which mark, and when. Null: by nobody who may name it later, where others may not. */
export interface Attached {
  readonly by: string | null;
  readonly now: number;
}

export interface Attachments {
  /** Whoever attached the same before stays known beside him. */
  add(tenant: TenantId, references: readonly FileReference[], attached: Attached): Promise<void>;
  /** Which of these files were attached under that mark. */
  listOwn(tenant: TenantId, sha256s: readonly string[], by: string): Promise<readonly string[]>;
}
