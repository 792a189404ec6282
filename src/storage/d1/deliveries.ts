// Webhooks and their deliveries. `add` is the one place where an event becomes ours: the row's key is the event's id.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Vault } from "../../kernel/ports/vault.ts";
import type {
  Deliveries,
  Delivery,
  DeliveryFailures,
  DeliveryKey,
  DeliverySignature,
  Webhook,
  WebhookNote,
} from "../../kernel/ports/deliveries.ts";
import { type Listed, SealBroken, orBroken } from "../../kernel/domain/seal-broken.ts";
import {
  listDelivery,
  openDelivery,
  openFailures,
  openWebhook,
  parseKey,
  placeOf,
  placeOfSecret,
  toNote,
} from "./delivery-rows.ts";

/** With the role that its user has today: a webhook does not keep what its maker has lost. */
const WEBHOOKS = `select w.*, coalesce(u.role, w.role) as role from webhooks w
  left join users u on u.tenant = w.tenant and u.id = w.user`;

/** Hot addresses are not read again for each delivery; what changed elsewhere counts after this long, as with keys. */
const FRESH_MS = 5_000;
const MOST_KNOWN = 1_000;
/** One per isolate. */
const known = new Map<
  string,
  { readonly webhooks: readonly (Webhook | SealBroken)[]; readonly readAt: number }
>();

/** In one transaction: a signature is known from the moment that its delivery is stored, and not before. */
const SIGN = `insert into delivery_signatures (tenant, webhook, signed, event_id, request_id, received_at) values (?1, ?2, ?3, ?4, ?5, ?6)
  on conflict (tenant, webhook, signed) do update set event_id = excluded.event_id, request_id = excluded.request_id,
    received_at = excluded.received_at
  where delivery_signatures.received_at <= ?7`;

/** An event whose id is older than its time to live, or started another skill, is taken anew in the statement that finds it. */
const ADD = `insert into deliveries (tenant, webhook, event_id, status, input, received_at, secret_by)
  select ?1, ?2, ?3, 'stored', ?4, ?5, ?10
  where ?7 is null or exists (select 1 from delivery_signatures where tenant = ?1 and webhook = ?2 and signed = ?7 and request_id = ?8)
  on conflict (tenant, webhook, event_id) do update set status = 'stored', input = excluded.input, attempts = 0, run_id = null,
    received_at = excluded.received_at, problem = null, secret_by = excluded.secret_by
  where deliveries.received_at <= ?6
    or exists (select 1 from runs where runs.tenant = ?1 and runs.id = deliveries.run_id and runs.skill <> ?9)
  returning event_id`;

type Incoming = Parameters<Deliveries["add"]>[0];

export class D1Deliveries implements Deliveries {
  readonly #db: D1Database;
  readonly #vault: Vault;

  constructor(db: D1Database, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async addWebhook(webhook: Webhook): Promise<boolean> {
    const { tenant, id, skill, scheme, secretBy, user, role, keyId, createdAt } = webhook;
    const secret =
      webhook.secret === null ? null : await this.#vault.seal(placeOfSecret(webhook), webhook.secret);
    const { meta } = await this.#db
      .prepare(
        "insert or ignore into webhooks (tenant, id, skill, scheme, secret, secret_by, user, role, key_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      )
      .bind(tenant, id, skill, scheme, secret, secretBy, user, role, keyId, createdAt)
      .run();
    forget(tenant, id);
    return meta.changes > 0;
  }

  async giveWebhook(
    tenant: TenantId,
    id: string,
    { user, role, keyId }: Pick<Webhook, "user" | "role" | "keyId">,
  ): Promise<boolean> {
    const { meta } = await this.#db
      .prepare(
        `update webhooks set user = ?, role = ?, key_id = ?, secret_by = coalesce(secret_by, user)
         where tenant = ? and id = ?`,
      )
      .bind(user, role, keyId, tenant, id)
      .run();
    forget(tenant, id);
    return meta.changes > 0;
  }

  async setSecret(
    tenant: TenantId,
    id: string,
    { secret, secretBy }: Parameters<Deliveries["setSecret"]>[2],
  ): Promise<boolean> {
    const sealed = await this.#vault.seal(placeOfSecret({ tenant, id }), secret);
    const { meta } = await this.#db
      .prepare("update webhooks set secret = ?, secret_by = ? where tenant = ? and id = ?")
      .bind(sealed, secretBy, tenant, id)
      .run();
    forget(tenant, id);
    return meta.changes > 0;
  }

  async dropWebhook(tenant: TenantId, id: string): Promise<boolean> {
    const { meta } = await this.#db
      .prepare("delete from webhooks where tenant = ? and id = ?")
      .bind(tenant, id)
      .run();
    forget(tenant, id);
    return meta.changes > 0;
  }

  async findWebhook(tenant: TenantId, id: string): Promise<Webhook | null> {
    const read = () => this.#db.prepare(`${WEBHOOKS} where w.tenant = ? and w.id = ?`).bind(tenant, id);
    const [found = null] = await this.#readFresh(`${tenant}/${id}`, read);
    if (found instanceof SealBroken) throw found;
    return found;
  }

  async findWebhooksNamed(id: string, limit: number): Promise<readonly Webhook[]> {
    const all = await this.#readFresh(`*/${id}`, () =>
      this.#db.prepare(`${WEBHOOKS} where w.id = ? order by w.created_at limit ?`).bind(id, limit),
    );
    const good = all.flatMap((webhook) => (webhook instanceof SealBroken ? [] : [webhook]));
    const [first] = all;
    // Another tenant's that was changed must not close this address for the others.
    if (good.length === 0 && first instanceof SealBroken) throw first;
    return good;
  }

  async listWebhooks(tenant: TenantId): Promise<readonly Listed<WebhookNote>[]> {
    const { results } = await this.#db
      .prepare(`${WEBHOOKS} where w.tenant = ? order by w.id`)
      .bind(tenant)
      .all();
    return Promise.all(results.map((row) => toNote(this.#vault, row)));
  }

  /** What is not there is asked for each time: a webhook works from the moment it is made. */
  async #readFresh(key: string, read: () => D1PreparedStatement) {
    const entry = known.get(key);
    if (entry && Date.now() - entry.readAt < FRESH_MS) return entry.webhooks;
    const { results } = await read().all();
    const webhooks = await Promise.all(results.map((row) => orBroken(openWebhook(this.#vault, row))));
    if (known.size >= MOST_KNOWN) known.clear();
    if (webhooks.length > 0) known.set(key, { webhooks, readAt: Date.now() });
    return webhooks;
  }

  async add(delivery: Incoming, ttlMs: number): Promise<Delivery | null> {
    const {
      tenant,
      webhook,
      eventId,
      receivedAt,
      signature = null,
      skill = null,
      secretBy = null,
    } = delivery;
    const { hash: signed, requestId } = signature ?? { hash: null, requestId: null };
    const input = await this.#vault.seal(placeOf(delivery, "input"), JSON.stringify(delivery.payload));
    const values = [eventId, input, receivedAt, receivedAt - ttlMs];
    const add = this.#db.prepare(ADD).bind(tenant, webhook, ...values, signed, requestId, skill, secretBy);
    const results = await this.#db.batch(signature === null ? [add] : [this.#sign(delivery, signature), add]);
    if (results.at(-1)?.results.length !== 0) return null;
    const first = (await this.#loadSigned(delivery, signed)) ?? (await this.load(delivery));
    // The signature is remembered longer than the event that came with it: it is still no new one.
    return first ?? toForgotten(delivery);
  }

  #sign(
    { tenant, webhook, eventId, receivedAt }: Incoming,
    signature: DeliverySignature,
  ): D1PreparedStatement {
    const { hash, requestId, ttlMs } = signature;
    return this.#db
      .prepare(SIGN)
      .bind(tenant, webhook, hash, eventId, requestId, receivedAt, receivedAt - ttlMs);
  }

  /** The event that came with this signature first. */
  async #loadSigned({ tenant, webhook }: DeliveryKey, signed: string | null): Promise<Delivery | null> {
    const eventId = await this.#db
      .prepare("select event_id from delivery_signatures where tenant = ? and webhook = ? and signed = ?")
      .bind(tenant, webhook, signed)
      .first<string>("event_id");
    return eventId === null ? null : this.load({ tenant, webhook, eventId });
  }

  async dropSignatures(before: number): Promise<void> {
    await this.#db.prepare("delete from delivery_signatures where received_at < ?").bind(before).run();
  }

  async load({ tenant, webhook, eventId }: DeliveryKey): Promise<Delivery | null> {
    const row = await this.#db
      .prepare("select * from deliveries where tenant = ? and webhook = ? and event_id = ?")
      .bind(tenant, webhook, eventId)
      .first();
    return row === null ? null : openDelivery(this.#vault, row);
  }

  async markStarted({ tenant, webhook, eventId }: DeliveryKey, runId: string): Promise<void> {
    await this.#db
      .prepare(
        "update deliveries set status = 'started', run_id = ? where tenant = ? and webhook = ? and event_id = ?",
      )
      .bind(runId, tenant, webhook, eventId)
      .run();
  }

  async markFailed(key: DeliveryKey, problem: unknown): Promise<void> {
    const { tenant, webhook, eventId } = key;
    const sealed = await this.#vault.seal(placeOf(key, "problem"), JSON.stringify(problem));
    await this.#db
      .prepare(
        "update deliveries set status = 'failed', problem = ? where tenant = ? and webhook = ? and event_id = ? and status = 'stored'",
      )
      .bind(sealed, tenant, webhook, eventId)
      .run();
  }

  async countAttempt({ tenant, webhook, eventId }: DeliveryKey): Promise<number> {
    const attempts = await this.#db
      .prepare(
        "update deliveries set attempts = attempts + 1 where tenant = ? and webhook = ? and event_id = ? returning attempts",
      )
      .bind(tenant, webhook, eventId)
      .first<number>("attempts");
    return attempts ?? 0;
  }

  async listOpen(before: number, limit: number): Promise<readonly DeliveryKey[]> {
    const { results } = await this.#db
      .prepare(
        "select tenant, webhook, event_id from deliveries where status = 'stored' and received_at < ? order by received_at limit ?",
      )
      .bind(before, limit)
      .all();
    return results.map(parseKey);
  }

  /** SQLite takes the other columns from the row with the maximum. */
  async listFailures(tenant: TenantId, since: number): Promise<readonly Listed<DeliveryFailures>[]> {
    const { results } = await this.#db
      .prepare(
        `select webhook, event_id, count(*) as count, max(received_at), problem from deliveries
         where tenant = ? and status = 'failed' and received_at >= ? group by webhook`,
      )
      .bind(tenant, since)
      .all();
    return Promise.all(results.map((row) => openFailures(this.#vault, tenant, row)));
  }

  async list(
    tenant: TenantId,
    filter: { webhook: string; status: string | null; limit: number },
  ): Promise<readonly Listed<Delivery>[]> {
    const { results } = await this.#db
      .prepare(
        `select * from deliveries where tenant = ?1 and webhook = ?2 and (?3 is null or status = ?3)
         order by received_at desc, event_id limit ?4`,
      )
      .bind(tenant, filter.webhook, filter.status, filter.limit)
      .all();
    return Promise.all(results.map((row) => listDelivery(this.#vault, row)));
  }
}

/** Of an event that was delivered once and is past its time. */
function toForgotten({ tenant, webhook, eventId, payload, receivedAt }: Incoming): Delivery {
  return {
    tenant,
    webhook,
    eventId,
    payload,
    receivedAt,
    status: "started",
    attempts: 0,
    runId: null,
    problem: null,
    secretBy: null,
  };
}

function forget(tenant: TenantId, id: string): void {
  known.delete(`${tenant}/${id}`);
  known.delete(`*/${id}`);
}
