// The Worker's bindings. Everything that is not a binding is a setting (settings.ts).
import type { Guard } from "../durable-objects/guard.ts";
import type { Runner } from "../durable-objects/runner.ts";
import type { Store } from "../durable-objects/store.ts";
import type { WakeUp } from "./operations/triggers/wake.ts";

export interface Env {
  readonly DB: D1Database;
  readonly GUARD: DurableObjectNamespace<Guard>;
  readonly RUNNER: DurableObjectNamespace<Runner>;
  readonly STORE: DurableObjectNamespace<Store>;
  readonly JOBS: Queue<WakeUp>;
  readonly BLOBS: R2Bucket;
  readonly ENVIRONMENT: "local" | "production";
  readonly VERSION?: string;
  /** Local only: a network that may reach the hosts of SKILLOS_PRIVATE_HOSTS. */
  readonly PRIVATE_NETWORK?: Fetcher;
  /** Local only: the folder of mails in the state directory. */
  readonly MAIL?: Fetcher;
  /** Deployed, where the account sends mail. */
  readonly EMAIL?: SendEmail;
  readonly VECTORS?: VectorizeIndex;
  readonly AI?: Ai;
  /** SKILLOS_* variables, as text. */
  readonly [setting: `SKILLOS_${string}`]: string | undefined;
}
