// Everything an operation may use. compose.ts makes one per isolate.
import type { Surroundings } from "../pipeline.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { StepKind } from "../domain/step-kind.ts";
import type { ApprovalLinks } from "./approval-links.ts";
import type { Archive } from "./archive.ts";
import type { TenantId } from "../domain/id.ts";
import type { Fault } from "../domain/refusal.ts";
import type { Catalogue, CatalogueSnapshot, Documents } from "./catalogue.ts";
import type { Clock } from "./clock.ts";
import type { EmbeddingStates } from "./embedding-states.ts";
import type { Embedding } from "../routing/likeness/embedding.ts";
import type { Erasure } from "./erasure.ts";
import type { Files } from "./files.ts";
import type { Guard } from "./guard.ts";
import type { Identity } from "./identity.ts";
import type { Keys, Users } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import type { MetricsStore } from "./metrics.ts";
import type { Secrets, SecretStore } from "./secrets.ts";
import type { Ids } from "./ids.ts";
import type { PayerNames } from "./payer-names.ts";
import type { DescribeRefusal } from "./problem.ts";
import type { OwnPrices } from "../domain/own-prices.ts";
import type { ModelEntry } from "./model.ts";
import type { Registry } from "./registry.ts";
import type { FileSweep, Retention } from "./retention.ts";
import type { Replies } from "./replies.ts";
import type { Runners } from "./runners.ts";
import type { RunStore } from "./run-store.ts";
import type { System } from "./system.ts";
import type { TableReader } from "./table-reader.ts";
import type { TenantStore } from "./tenant-store.ts";
import type { TriggerPorts } from "./triggers.ts";
import type { VaultKeys } from "./vault.ts";

export interface Platform extends TriggerPorts {
  readonly environment: "local" | "production";
  readonly version: string;
  /** Of new tenants and of pages without one. */
  readonly timeZone: string;
  /** Where people reach this server, for the links that are sent to them. Null: nowhere. */
  readonly publicUrl: string | null;
  /** Work that goes on after the answer, as far as the platform lets it. */
  readonly background: (work: Promise<unknown>) => void;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly catalogue: Catalogue;
  /** The catalogue after every change that was answered. A run needs no such call: its admission compares. */
  readonly loadFresh: (tenant: TenantId) => Promise<CatalogueSnapshot>;
  readonly documents: Documents;
  readonly registry: Registry;
  readonly runs: RunStore;
  readonly archive: Archive;
  readonly ledger: Ledger;
  readonly system: System;
  readonly payerNames: PayerNames;
  readonly retention: Retention;
  readonly fileSweep: FileSweep;
  readonly identity: Identity;
  readonly keys: Keys;
  readonly users: Users;
  readonly approvalLinks: ApprovalLinks;
  readonly guard: Guard;
  readonly runners: Runners;
  readonly replies: Replies;
  readonly files: Files;
  readonly tables: TableReader;
  readonly kinds: readonly StepKind<unknown>[];
  readonly surroundings: Omit<Surroundings, "now" | "index">;
  /** Null: none, and nothing is asked of any service to understand a request. */
  readonly embedding: Embedding | null;
  readonly embeddingStates: EmbeddingStates;
  readonly store: (name: string) => TenantStore;
  readonly describeRefusal: DescribeRefusal;
  readonly secrets: Secrets;
  readonly secretStore: SecretStore;
  readonly vaultKeys: VaultKeys;
  readonly erasure: Erasure;
  /** Why nothing is accepted here; null: it is. */
  readonly closed: Refusal | null;
  /** What a storage throws when it is away; null: it is a mistake of ours. */
  readonly findFault: (error: unknown) => Fault | null;
  readonly metrics: MetricsStore;
  /** Environment variables as `config explain` shows them. */
  readonly settingRows: readonly unknown[];
  readonly listModels: (own: OwnPrices | undefined) => readonly ModelEntry[];
  readonly hasModel: (model: string) => boolean;
  /** Which one was probably meant, where nobody knows a price of this one. */
  readonly findLikelyModel: (model: string) => string | null;
  readonly limits: {
    readonly idempotencyTtlMs: number;
    /** How long runs and what they were given are kept. */
    readonly retentionMs: number;
    readonly attachmentBytes: number;
    readonly shards: number;
  };
}
