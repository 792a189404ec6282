// Attachments and files made by skills: bytes by their content, each tenant's own.
import type { TenantId } from "../domain/id.ts";

/** How a run's input or result names a file. */
export interface FileReference {
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export interface StoredFile extends FileReference {
  readonly bytes: Uint8Array;
}

export interface Files {
  /** The same bytes again change nothing but the name. */
  put(
    tenant: TenantId,
    bytes: Uint8Array,
    about: { readonly name: string; readonly type: string },
  ): Promise<FileReference>;
  /** Without reading it. */
  has(tenant: TenantId, sha256: string): Promise<boolean>;
  /** Null when this tenant has no such file. */
  get(tenant: TenantId, sha256: string): Promise<StoredFile | null>;
}
