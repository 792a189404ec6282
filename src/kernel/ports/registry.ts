// The registry's writing side: documents are added, names pointed at them, the version raised, all in one batch.
import type { TenantId } from "../domain/id.ts";

/** `phrases` and `test` are a skill's sibling files: kept as written, because a change of one needs the others.
 * `table` is a practice table, as csv. `mark` is what people say of a skill beside its file: no file takes it away. */
export type DocumentKind =
  | "skill"
  | "phrases"
  | "test"
  | "connector"
  | "fixture"
  | "table"
  | "policy"
  | "mark";

export interface NewDocument {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly hash: string;
  readonly document: unknown;
  readonly source: string;
}

export interface RegistryChange {
  readonly origin: "file" | "http";
  readonly put: readonly NewDocument[];
  /** Names that no longer serve. */
  readonly remove: readonly { readonly kind: DocumentKind; readonly name: string }[];
  readonly now: number;
  /** Who makes these versions; null: nobody, they are files of whoever runs this server. */
  readonly by: string | null;
}

export interface RegistryEntry {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly hash: string;
  readonly origin: "file" | "http";
}

export interface Registry {
  list(tenant: TenantId): Promise<readonly RegistryEntry[]>;
  /** The new version; the old one when the change was empty. */
  apply(tenant: TenantId, change: RegistryChange): Promise<number>;
  loadSource(tenant: TenantId, kind: DocumentKind, name: string): Promise<string | null>;
}
