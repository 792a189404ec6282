// From a stored delivery to its run. Called right after the answer, by the queue, and by the sweep: one run whoever comes first.
import type { TelemetryEvent } from "../../kernel/domain/event.ts";
import { mayPass, type Refusal } from "../../kernel/domain/refusal.ts";
import { parseBrokenSeal } from "../../kernel/domain/seal-broken.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { Delivery, DeliveryKey, Webhook } from "../../kernel/ports/deliveries.ts";
import { SIGNATURE_LIFE_MS } from "../../kernel/ports/signatures.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteBrokenSeal } from "../records/broken-seals.ts";
import { saveEvents } from "../records/loose-events.ts";
import { toFiles } from "./payload-input.ts";
import { toKeptProblem } from "./delivery-problem.ts";
import { startTriggered } from "./start-triggered.ts";

/** Once a minute by the sweep: an hour of trying. */
const MOST_ATTEMPTS = 60;
/** A delivery younger than this is being started by whoever stored it. */
const GRACE_MS = 2_000;
const SWEEP = 200;

/** Throws when the world broke; the caller wakes it again. */
export async function startDelivery(platform: Platform, key: DeliveryKey): Promise<void> {
  await orFailed(platform, key, () => startKnown(platform, key));
}

/** What was changed where it is kept never opens: trying again would be for ever. */
async function orFailed(platform: Platform, key: DeliveryKey, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const broken = parseBrokenSeal(error);
    if (broken === null) throw error;
    const requestId = toRequestId(key);
    await platform.deliveries.markFailed(key, toKeptProblem(platform, broken, requestId));
    noteBrokenSeal(platform, broken, { requestId, path: "webhook-deliver" });
  }
}

async function startKnown(platform: Platform, key: DeliveryKey): Promise<void> {
  const delivery = await platform.deliveries.load(key);
  if (delivery?.status !== "stored") return;
  const webhook = await platform.deliveries.findWebhook(key.tenant, key.webhook);
  if (webhook) return startStored(platform, webhook, delivery);
  const refusal = { reason: "not_found", what: "webhook", id: key.webhook } as const;
  await fail(platform, { delivery, skill: "" }, refusal);
}

/** For who has just stored it and need not read it again. */
export async function startStored(platform: Platform, webhook: Webhook, delivery: Delivery): Promise<void> {
  const outcome = await startTriggered(platform, toTriggered(platform, webhook, delivery));
  if ("started" in outcome) return platform.deliveries.markStarted(delivery, outcome.started);
  if (mayPass(outcome.refusal) && (await platform.deliveries.countAttempt(delivery)) < MOST_ATTEMPTS) return;
  await fail(platform, { delivery, skill: webhook.skill }, outcome.refusal);
}

function toTriggered(platform: Platform, webhook: Webhook, delivery: Delivery) {
  const { tenant, user, role, keyId, skill } = webhook;
  // One that was stored before this was kept says nothing of it.
  const secretBy = delivery.secretBy ?? webhook.secretBy;
  return {
    requestId: toRequestId(delivery),
    channel: "webhook" as const,
    tenant,
    user,
    role,
    keyId,
    skill,
    // Whoever knows the secret may have written it.
    givenBy: secretBy === null ? [] : [secretBy],
    payload: delivery.payload,
    // The time belongs to the key: an event that comes again after its time to live is a new one.
    key: `webhook:${webhook.id}:${delivery.eventId}:${delivery.receivedAt}`,
    ttlMs: platform.webhooks.eventTtlMs,
    maxRetries: 0,
    waitMs: 0,
    told: [toReceived(delivery)],
  };
}

function toRequestId({ webhook, eventId }: DeliveryKey): string {
  return `webhook:${webhook}:${eventId}`;
}

/** Told from the row, so that it is told whoever starts the run. */
function toReceived(delivery: Delivery): TelemetryEvent {
  return {
    event: "webhook_received",
    request_id: toRequestId(delivery),
    timestamp: toIso(delivery.receivedAt),
    webhook_id: delivery.webhook,
    status: 200,
    attachments: toFiles(delivery.payload).map(({ type, size }) => ({
      content_type: type,
      size_bytes: size,
    })),
  };
}

/** Visible where people look: the delivery's own row and the log. */
async function fail(
  platform: Platform,
  { delivery, skill }: { delivery: Delivery; skill: string },
  refusal: Refusal,
): Promise<void> {
  const requestId = toRequestId(delivery);
  const now = platform.clock.now();
  await platform.deliveries.markFailed(delivery, toKeptProblem(platform, refusal, requestId));
  const failed: TelemetryEvent = {
    event: "execution_result",
    request_id: requestId,
    timestamp: toIso(now),
    skill_id: skill,
    status: "failed",
    error_class: refusal.reason,
    retries: delivery.attempts,
    latency_ms: now - delivery.receivedAt,
    tokens_used: 0,
    cost_usd: 0,
  };
  const id = `${requestId}:${delivery.receivedAt}`;
  await saveEvents(platform, delivery.tenant, [
    { id: `${id}:received`, event: toReceived(delivery) },
    { id: `${id}:failed`, event: failed },
  ]);
}

/** Gives up on a delivery that no consumer could start. */
export async function buryDelivery(platform: Platform, key: DeliveryKey): Promise<void> {
  await orFailed(platform, key, () => buryKnown(platform, key));
}

async function buryKnown(platform: Platform, key: DeliveryKey): Promise<void> {
  const delivery = await platform.deliveries.load(key);
  if (delivery?.status === "stored")
    await fail(
      platform,
      { delivery, skill: "" },
      {
        reason: "lost",
        message: {
          en: "It could not be started, again and again. The log has why; send it again under a new event id.",
          ru: "Начать не удалось много раз подряд. Почему, сказано в журнале; отправьте ещё раз с новым event id.",
        },
      },
    );
}

/** What was stored and not started, of every tenant: a kill loses waits and queues, never rows. */
export async function sweepDeliveries(platform: Platform): Promise<number> {
  const life = Math.max(platform.webhooks.eventTtlMs, SIGNATURE_LIFE_MS);
  await platform.deliveries.dropSignatures(platform.clock.now() - life);
  const open = await platform.deliveries.listOpen(platform.clock.now() - GRACE_MS, SWEEP);
  const started = await Promise.allSettled(open.map((key) => startDelivery(platform, key)));
  const broken = open.filter((_key, index) => started[index]?.status === "rejected");
  await Promise.all(broken.map((key) => platform.wakeLater(key)));
  return open.length;
}
