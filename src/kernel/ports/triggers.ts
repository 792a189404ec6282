// What outside events, and the tenant's own rows around them, need beside the ports of a run.
import type { Attachments } from "./attachments.ts";
import type { Audit } from "./audit.ts";
import type { Cron } from "./cron.ts";
import type { Deliveries, DeliveryKey } from "./deliveries.ts";
import type { Feedback } from "./feedback.ts";
import type { Schedules } from "./schedules.ts";
import type { SignatureScheme } from "./signatures.ts";
import type { Tenants } from "./tenants.ts";
import type { Vectors } from "./vectors.ts";

export interface TriggerPorts {
  readonly deliveries: Deliveries;
  readonly schedules: Schedules;
  readonly feedback: Feedback;
  readonly audit: Audit;
  readonly tenants: Tenants;
  readonly attachments: Attachments;
  readonly vectors: Vectors;
  readonly signatures: ReadonlyMap<string, SignatureScheme>;
  readonly cron: Cron;
  readonly webhooks: {
    /** Of webhooks made without a secret; null: there is none. */
    readonly secret: string | null;
    /** Local environment only. */
    readonly allowsUnsigned: boolean;
    readonly eventTtlMs: number;
  };
  readonly newTenant: { readonly timeZone: string; readonly currency: string };
  /** A delivery that could not be started now is tried again soon; the sweep finds it if even this is lost. */
  readonly wakeLater: (key: DeliveryKey) => Promise<void>;
}
