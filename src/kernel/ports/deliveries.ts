// Webhooks and what was delivered to them. A delivery is stored before it is answered; everything else only wakes it.
import type { SkillId, TenantId } from "../domain/id.ts";
import type { Role } from "../domain/principal.ts";
import type { Listed } from "../domain/seal-broken.ts";

export interface Webhook {
  readonly tenant: TenantId;
  readonly id: string;
  readonly skill: SkillId;
  readonly scheme: string;
  /** Null: the operator's SKILLOS_WEBHOOK_SECRET. */
  readonly secret: string | null;
  /** Who set it, whoever has taken the webhook over since; null: it has no secret of its own. */
  readonly secretBy: string | null;
  /** On whose behalf its runs are. */
  readonly user: string;
  readonly role: Role;
  /** The key that bounds them; null: no key does. */
  readonly keyId: string | null;
  readonly createdAt: number;
}

/** What a list shows of it. */
export type WebhookNote = Omit<Webhook, "secret">;

export interface DeliveryKey {
  readonly tenant: TenantId;
  readonly webhook: string;
  readonly eventId: string;
}

export interface DeliverySignature {
  /** Of all that the signature covers. */
  readonly hash: string;
  readonly requestId: string;
  readonly ttlMs: number;
}

export type DeliveryStatus = "stored" | "started" | "failed";

export interface Delivery extends DeliveryKey {
  readonly status: DeliveryStatus;
  /** The payload, files replaced by references. */
  readonly payload: unknown;
  readonly attempts: number;
  readonly runId: string | null;
  readonly receivedAt: number;
  /** RFC 9457, as JSON. */
  readonly problem: unknown;
  /** Who had set the secret that it was signed with: another may have been set since. */
  readonly secretBy: string | null;
}

export interface DeliveryFailures {
  readonly webhook: string;
  readonly count: number;
  /** RFC 9457: of the latest. */
  readonly problem: unknown;
}

export interface Deliveries {
  /** False: the tenant has one of this id. */
  addWebhook(webhook: Webhook): Promise<boolean>;
  /** From now on it is theirs. False: there is none. */
  giveWebhook(tenant: TenantId, id: string, to: Pick<Webhook, "user" | "role" | "keyId">): Promise<boolean>;
  /** False: there is none. */
  setSecret(
    tenant: TenantId,
    id: string,
    to: { readonly secret: string; readonly secretBy: string },
  ): Promise<boolean>;
  dropWebhook(tenant: TenantId, id: string): Promise<boolean>;
  findWebhook(tenant: TenantId, id: string): Promise<Webhook | null>;
  /** Of every tenant, oldest first, those that do not open only where no other does: for addresses without a tenant, in the local environment only. */
  findWebhooksNamed(id: string, limit: number): Promise<readonly Webhook[]>;
  listWebhooks(tenant: TenantId): Promise<readonly Listed<WebhookNote>[]>;
  /**
   * Null: stored. Otherwise what is already there under this event id, received less than `ttlMs` ago, or what came with the
   * same signature.
   */
  add(
    delivery: DeliveryKey & {
      payload: unknown;
      receivedAt: number;
      secretBy?: string | null;
      /** An event that started another skill, by a webhook that is no more, is not yet this one's. */
      skill?: SkillId;
      /** Absent: nobody signed it. */
      signature?: DeliverySignature | null;
    },
    ttlMs: number,
  ): Promise<Delivery | null>;
  dropSignatures(before: number): Promise<void>;
  load(key: DeliveryKey): Promise<Delivery | null>;
  markStarted(key: DeliveryKey, runId: string): Promise<void>;
  /** Only what is still waiting to start can fail. */
  markFailed(key: DeliveryKey, problem: unknown): Promise<void>;
  /** How many attempts there have been, this one included. */
  countAttempt(key: DeliveryKey): Promise<number>;
  /** Stored and not started, received before this moment; of all tenants, oldest first. */
  listOpen(before: number, limit: number): Promise<readonly DeliveryKey[]>;
  /** Of each webhook with any since this moment. */
  listFailures(tenant: TenantId, since: number): Promise<readonly Listed<DeliveryFailures>[]>;
  list(
    tenant: TenantId,
    filter: { webhook: string; status: string | null; limit: number },
  ): Promise<readonly Listed<Delivery>[]>;
}
