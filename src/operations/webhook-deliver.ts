// From a stored delivery to its run. Called right after the answer, by the queue, and by the sweep: one run whoever comes first.
import type { Refusal } from "../kernel/domain/refusal.ts";
import { toIso } from "../kernel/domain/zone.ts";
import type { Delivery, DeliveryKey, Webhook } from "../kernel/ports/deliveries.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { saveEvents } from "./loose-events.ts";
import { startTriggered } from "./start-triggered.ts";

/** Once a minute by the sweep: an hour of trying. */
const MOST_ATTEMPTS = 60;
/** Refusals that time alone may mend. */
const LATER: ReadonlySet<Refusal["reason"]> = new Set(["rate_limited", "unavailable"]);
/** A delivery younger than this is being started by whoever stored it. */
const GRACE_MS = 2_000;
const SWEEP = 200;

/** Throws when the world broke; the caller wakes it again. */
export async function startDelivery(platform: Platform, key: DeliveryKey): Promise<void> {
  const delivery = await platform.deliveries.load(key);
  if (delivery?.status !== "stored") return;
  const webhook = await platform.deliveries.findWebhook(key.tenant, key.webhook);
  if (webhook === null)
    return fail(platform, delivery, { reason: "not_found", what: "webhook", id: key.webhook });
  const outcome = await startTriggered(platform, { ...toTriggered(platform, webhook, delivery) });
  if ("started" in outcome) return platform.deliveries.markStarted(key, outcome.started);
  if (LATER.has(outcome.refusal.reason) && (await platform.deliveries.countAttempt(key)) < MOST_ATTEMPTS)
    return;
  await fail(platform, delivery, outcome.refusal);
}

function toTriggered(platform: Platform, webhook: Webhook, delivery: Delivery) {
  const { tenant, user, role, skill } = webhook;
  return {
    requestId: toRequestId(delivery),
    channel: "webhook" as const,
    tenant,
    user,
    role,
    skill,
    payload: delivery.payload,
    // The time belongs to the key: an event that comes again after its time to live is a new one.
    key: `webhook:${webhook.id}:${delivery.eventId}:${delivery.receivedAt}`,
    ttlMs: platform.webhooks.eventTtlMs,
    maxRetries: 0,
    waitMs: 0,
  };
}

function toRequestId({ webhook, eventId }: DeliveryKey): string {
  return `webhook:${webhook}:${eventId}`;
}

/** Visible where people look: the delivery's own row and the log. */
async function fail(platform: Platform, delivery: Delivery, refusal: Refusal): Promise<void> {
  const requestId = toRequestId(delivery);
  await platform.deliveries.markFailed(delivery, platform.describeRefusal(refusal, "en", { requestId }));
  const event = {
    event: "execution_result",
    request_id: requestId,
    timestamp: toIso(platform.clock.now()),
    skill_id: (await platform.deliveries.findWebhook(delivery.tenant, delivery.webhook))?.skill ?? "",
    status: "failed",
    error_class: refusal.reason,
    retries: delivery.attempts,
    latency_ms: platform.clock.now() - delivery.receivedAt,
    tokens_used: 0,
    cost_usd: 0,
  } as const;
  await saveEvents(platform, delivery.tenant, [{ id: `${requestId}:${delivery.receivedAt}:failed`, event }]);
}

/** Gives up on a delivery that no consumer could start. */
export async function buryDelivery(platform: Platform, key: DeliveryKey): Promise<void> {
  const delivery = await platform.deliveries.load(key);
  if (delivery?.status === "stored")
    await fail(platform, delivery, {
      reason: "lost",
      message:
        "It could not be started, again and again. The log has why; send it again under a new event id.",
    });
}

/** What was stored and not started, of every tenant: a kill loses waits and queues, never rows. */
export async function sweepDeliveries(platform: Platform): Promise<number> {
  const open = await platform.deliveries.listOpen(platform.clock.now() - GRACE_MS, SWEEP);
  const started = await Promise.allSettled(open.map((key) => startDelivery(platform, key)));
  const broken = open.filter((_key, index) => started[index]?.status === "rejected");
  await Promise.all(broken.map((key) => platform.wakeLater(key)));
  return open.length;
}
