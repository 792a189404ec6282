// The list of a tenant's files. Their bytes are in `files`, under their SHA-256.
import type { TenantId } from "../domain/id.ts";
import type { FileReference } from "./files.ts";

export interface Attachments {
  add(tenant: TenantId, references: readonly FileReference[], now: number): Promise<void>;
}
