// A webhook delivery from its bytes to its answer: signature before payload, stored before answered. Nothing here runs a skill.
import { z } from "zod";
import type { TelemetryEvent } from "../../kernel/domain/event.ts";
import { sha256OfParts } from "../../kernel/domain/hmac.ts";
import { isTooDeep, MAX_JSON_DEPTH } from "../../kernel/domain/json.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { DeliveryKey, DeliverySignature, Webhook } from "../../kernel/ports/deliveries.ts";
import type { FileReference } from "../../kernel/ports/files.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { SIGNATURE_LIFE_MS } from "../../kernel/ports/signatures.ts";
import type { SignatureFault, SignatureScheme, SignedRequest } from "../../kernel/ports/signatures.ts";
import { AttachmentBody, storeAttachments } from "../runs/attachments.ts";
import type { LooseEvent } from "../records/loose-events.ts";
import { saveEvents } from "../records/loose-events.ts";
import type { Reply } from "../operation.ts";
import { startStored } from "./webhook-deliver.ts";

export interface Incoming extends SignedRequest {
  /** Null: the address names none. */
  readonly tenant: TenantId | null;
  readonly webhook: string;
  readonly requestId: string;
}

export interface Received {
  readonly reply: Reply;
  /** What is done once the sender has its answer. */
  readonly after: () => Promise<void>;
}

/** Addresses without a tenant: this many of one name are tried, the secret says whose it is. */
const MOST_NAMESAKES = 8;
const LONGEST_EVENT_ID = 200;

export async function receiveWebhook(platform: Platform, incoming: Incoming): Promise<Received> {
  const found = judge(platform, incoming, await findCandidates(platform, incoming));
  if ("refusal" in found) return refuse(platform, incoming, found);
  const { webhook } = found;
  const payload = parsePayload(incoming.body);
  if (payload === undefined)
    return refuse(platform, incoming, {
      webhook,
      refusal: {
        reason: "bad_request",
        message: {
          en: `The payload is not valid JSON, or nested more than ${MAX_JSON_DEPTH} deep.`,
          ru: `Данные — не правильный JSON, или их вложенность глубже ${MAX_JSON_DEPTH} уровней.`,
        },
      },
    });
  const handshake = found.scheme.answerHandshake?.(payload) ?? null;
  if (handshake !== null) return { reply: { body: handshake }, after: async () => undefined };
  const stored = await takeFiles(platform, webhook.tenant, payload);
  if ("refusal" in stored) return refuse(platform, incoming, { webhook, refusal: stored.refusal });
  return store(platform, incoming, { ...found, ...stored });
}

async function findCandidates(
  platform: Platform,
  { tenant, webhook }: Incoming,
): Promise<readonly Webhook[]> {
  if (tenant === null && platform.environment === "local")
    return platform.deliveries.findWebhooksNamed(webhook, MOST_NAMESAKES);
  const found = tenant === null ? null : await platform.deliveries.findWebhook(tenant, webhook);
  return found === null ? [] : [found];
}

interface Judged {
  readonly webhook: Webhook;
  readonly scheme: SignatureScheme;
  /** Hash of all that its signature covers; null: it has none, and is taken all the same. */
  readonly signed: string | null;
}
interface Rejected {
  /** Null: there is no such webhook, which looks like a wrong signature. */
  readonly webhook: Webhook | null;
  readonly refusal: Refusal;
}

function judge(platform: Platform, incoming: Incoming, candidates: readonly Webhook[]): Judged | Rejected {
  let worst: Rejected = { webhook: null, refusal: UNSIGNED };
  for (const webhook of candidates.length > 0 ? candidates : [DECOY]) {
    const scheme = platform.signatures.get(webhook.scheme);
    if (!scheme) continue;
    const verdict = verify(platform, { incoming, webhook, scheme });
    if (verdict.valid) return { webhook, scheme, signed: toSigned(incoming, verdict.covers) };
    const { fault } = verdict;
    if (webhook === DECOY) break;
    const isGone = fault === "expired" && scheme.whenExpired === "gone";
    worst = { webhook, refusal: isGone ? EXPIRED : UNSIGNED };
    if (isGone) break;
  }
  return worst;
}

/** Judged like a real one, so that the time of the answer does not say which names exist. It has no secret: nothing fits. */
const DECOY: Webhook = {
  tenant: "ten_",
  id: "",
  skill: "none/none",
  scheme: "skillos",
  secret: null,
  secretBy: null,
  user: "",
  role: "viewer",
  keyId: null,
  createdAt: 0,
};
const UNSIGNED: Refusal = {
  reason: "unauthenticated",
  message: {
    en: "The signature of this delivery is missing or wrong.",
    ru: "Подписи этой доставки нет, или она неверна.",
  },
};
const EXPIRED: Refusal = {
  reason: "gone",
  message: {
    en: "This delivery was signed more than 300 seconds ago.",
    ru: "Эта доставка подписана больше 300 секунд назад.",
  },
  mend: {
    en: "Sign it anew and send it again; a signature is good for a few minutes.",
    ru: "Подпишите заново и отправьте ещё раз: подпись действует несколько минут.",
  },
};

/** `covers: null`: it is taken without a signature. */
type Verdict =
  | { readonly valid: true; readonly covers: string | null }
  | { readonly valid: false; readonly fault: SignatureFault };

function verify(
  platform: Platform,
  { incoming, webhook, scheme }: Omit<Judged, "signed"> & { incoming: Incoming },
): Verdict {
  const secret = webhook === DECOY ? null : (webhook.secret ?? platform.webhooks.secret);
  // Without a secret there is nothing that could be right: an empty one would be right for everybody.
  const verdict = scheme.verify(incoming, secret ?? platform.ids.secret(), platform.clock.now());
  if (verdict.valid) return secret === null ? { valid: false, fault: "wrong" } : verdict;
  const mayLack = platform.webhooks.allowsUnsigned && webhook !== DECOY;
  return verdict.fault === "missing" && mayLack ? { valid: true, covers: null } : verdict;
}

function toSigned({ body }: Incoming, covers: string | null): string | null {
  return covers === null ? null : sha256OfParts([`${covers}.`, body]);
}

/** Undefined: not JSON, or nested without an end in sight. */
function parsePayload(body: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body),
    );
    return isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

interface Taken {
  readonly payload: unknown;
  readonly files: readonly FileReference[];
}

const WithFiles = z.looseObject({ attachments: z.array(AttachmentBody).min(1) });
const Members = z.looseObject({ attachments: z.array(z.looseObject({ data: z.unknown() })).min(1) });

/** Files leave the payload, their references stay. What only happens to be named "attachments" is left alone. */
async function takeFiles(
  platform: Platform,
  tenant: TenantId,
  payload: unknown,
): Promise<Taken | { readonly refusal: Refusal }> {
  const found = WithFiles.safeParse(payload);
  if (!found.success) {
    if (!Members.safeParse(payload).success) return { payload, files: [] };
    const wrong = found.error.issues[0]?.message ?? "";
    const message = {
      en: `An attachment needs filename, content_type and data (base64): ${wrong}.`,
      ru: `Приложению нужны filename, content_type и data (base64): ${wrong}.`,
    };
    return { refusal: { reason: "bad_request", message, field: "attachments" } };
  }
  const stored = await storeAttachments(platform, { tenant, by: null }, found.data.attachments);
  if ("refusal" in stored) return stored;
  return { payload: { ...found.data, attachments: stored.references }, files: stored.references };
}

/** What a payload may weigh once its files are out of it: a row of the database holds no more. */
const MOST_PAYLOAD_BYTES = 1_048_576;

async function store(platform: Platform, incoming: Incoming, what: Judged & Taken): Promise<Received> {
  const { webhook, payload, files } = what;
  if (JSON.stringify(payload).length > MOST_PAYLOAD_BYTES) {
    return refuse(platform, incoming, {
      webhook,
      refusal: { reason: "too_large", what: "the payload", limitBytes: MOST_PAYLOAD_BYTES },
    });
  }
  const key: DeliveryKey = {
    tenant: webhook.tenant,
    webhook: webhook.id,
    eventId: findEventId(incoming, what),
  };
  const receivedAt = platform.clock.now();
  const { eventTtlMs } = platform.webhooks;
  const signature = toSignature(incoming, what.signed, eventTtlMs);
  const { skill, secretBy } = webhook;
  const known = await platform.deliveries.add(
    { ...key, payload, receivedAt, secretBy, skill, signature },
    eventTtlMs,
  );
  const eventId = known?.eventId ?? key.eventId;
  const base = { webhook: webhook.id, event_id: eventId, request_id: incoming.requestId };
  if (known !== null) {
    const skipped = {
      event: "idempotency_skipped",
      ...toBase(platform, incoming),
      source: `webhook:${webhook.id}`,
      skill_id: webhook.skill,
    } as const;
    return {
      reply: {
        body: { status: "duplicate", ...base, ...(known.runId === null ? {} : { run_id: known.runId }) },
      },
      after: () =>
        saveEvents(platform, key.tenant, [
          toReceived(platform, incoming, { status: 200, files }),
          { id: `${incoming.requestId}:1`, event: skipped },
        ]),
    };
  }
  const delivery = {
    ...key,
    payload,
    receivedAt,
    secretBy,
    status: "stored",
    attempts: 0,
    runId: null,
    problem: null,
  } as const;
  return {
    reply: { body: { status: "stored", ...base } },
    // The row is the truth: if this start fails or dies, the queue or the sweep does it.
    after: () => startStored(platform, webhook, delivery).catch(() => platform.wakeLater(key)),
  };
}

function toSignature(
  { requestId }: Incoming,
  hash: Judged["signed"],
  eventTtlMs: number,
): DeliverySignature | null {
  return hash === null ? null : { hash, requestId, ttlMs: Math.max(eventTtlMs, SIGNATURE_LIFE_MS) };
}

/** The sender's id of the event, or else what was signed: the same bytes of the same second are the same event. */
function findEventId(incoming: Incoming, { scheme, signed, payload }: Judged & { payload: unknown }): string {
  const named =
    scheme.findEventId(incoming, payload) ??
    incoming.header("x-skillos-event-id") ??
    incoming.header("idempotency-key");
  if (named !== null && named !== "")
    return named.length <= LONGEST_EVENT_ID ? named : sha256OfParts([named]);
  // Unsigned and unnamed, nothing tells two of them apart: each is its own.
  return signed ?? incoming.requestId;
}

function refuse(platform: Platform, incoming: Incoming, { webhook, refusal }: Rejected): Received {
  const { status } = platform.describeRefusal(refusal, "en", { requestId: incoming.requestId });
  const after =
    webhook === null
      ? async () => undefined
      : () => saveEvents(platform, webhook.tenant, [toReceived(platform, incoming, { status, files: [] })]);
  return { reply: { refusal }, after };
}

function toBase(platform: Platform, incoming: Incoming) {
  return { request_id: incoming.requestId, timestamp: toIso(platform.clock.now()) };
}

function toReceived(
  platform: Platform,
  incoming: Incoming,
  { status, files }: { status: number; files: readonly FileReference[] },
): LooseEvent {
  const event: TelemetryEvent = {
    event: "webhook_received",
    ...toBase(platform, incoming),
    webhook_id: incoming.webhook,
    status,
    attachments: files.map(({ type, size }) => ({ content_type: type, size_bytes: size })),
  };
  return { id: `${incoming.requestId}:0`, event };
}
