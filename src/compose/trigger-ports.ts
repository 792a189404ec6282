// What brings work in from outside, and what is kept beside runs: bindings become ports.
import type { Env } from "../env.ts";
import { D1Attachments } from "../storage/d1/attachments.ts";
import { D1Audit } from "../storage/d1/audit.ts";
import { D1Deliveries } from "../storage/d1/deliveries.ts";
import { D1Feedback } from "../storage/d1/feedback.ts";
import { D1Schedules } from "../storage/d1/schedules.ts";
import { D1Tenants } from "../storage/d1/tenants.ts";
import { D1Vectors } from "../storage/d1/vectors.ts";
import { VectorizeVectors } from "../storage/vectorize/vectors.ts";
import { cron } from "../triggers/cron.ts";
import { SIGNATURE_SCHEMES } from "../triggers/signatures/index.ts";
import type { TriggerPorts } from "../kernel/ports/triggers.ts";
import type { Vault } from "../kernel/ports/vault.ts";
import { toAuditTrail } from "./objects.ts";
import type { Settings } from "./settings.ts";

export function toTriggerPorts(env: Env, from: Settings, vault: Vault): TriggerPorts {
  return {
    deliveries: new D1Deliveries(env.DB, vault),
    schedules: new D1Schedules(env.DB, vault),
    feedback: new D1Feedback(env.DB, vault),
    audit: new D1Audit(env.DB, toAuditTrail(env)),
    tenants: new D1Tenants(env.DB),
    attachments: new D1Attachments(env.DB, vault),
    vectors: env.VECTORS ? new VectorizeVectors(env.VECTORS, new D1Vectors(env.DB)) : new D1Vectors(env.DB),
    signatures: SIGNATURE_SCHEMES,
    cron,
    webhooks: {
      secret: from.SKILLOS_WEBHOOK_SECRET === "" ? null : from.SKILLOS_WEBHOOK_SECRET,
      allowsUnsigned: env.ENVIRONMENT === "local" && from.SKILLOS_WEBHOOK_ALLOW_UNSIGNED,
      eventTtlMs: 1000 * (from.SKILLOS_IDEMPOTENCY_TTL_SECONDS ?? 96 * 3_600),
    },
    newTenant: { timeZone: from.SKILLOS_TIMEZONE, currency: from.SKILLOS_CURRENCY },
    wakeLater: async (key) => void (await env.JOBS.send({ wake: "delivery", ...key }, { delaySeconds: 2 })),
  };
}
