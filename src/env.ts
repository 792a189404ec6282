// The Worker's bindings. Everything that is not a binding is a setting (settings.ts).
import type { Guard } from "../durable-objects/guard.ts";
import type { Runner } from "../durable-objects/runner.ts";
import type { Store } from "../durable-objects/store.ts";

/** A wake-up, never the truth: what it names is stored before the message is sent. */
export type QueueMessage =
  | { readonly wake: "delivery"; readonly tenant: string; readonly webhook: string; readonly eventId: string }
  | { readonly wake: "shard"; readonly tenant: string; readonly shard: number };

export interface Env {
  readonly DB: D1Database;
  readonly GUARD: DurableObjectNamespace<Guard>;
  readonly RUNNER: DurableObjectNamespace<Runner>;
  readonly STORE: DurableObjectNamespace<Store>;
  readonly JOBS: Queue<QueueMessage>;
  readonly BLOBS: R2Bucket;
  readonly ENVIRONMENT: "local" | "production";
  readonly VERSION?: string;
  /** Local only: a network that may reach the hosts of SKILLOS_PRIVATE_HOSTS. */
  readonly PRIVATE_NETWORK?: Fetcher;
  readonly VECTORS?: VectorizeIndex;
  readonly AI?: Ai;
  /** SKILLOS_* variables, as text. */
  readonly [setting: `SKILLOS_${string}`]: string | undefined;
}
