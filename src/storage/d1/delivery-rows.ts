// Rows of webhooks and deliveries, read and opened. What a service sent and what it signs with stand there sealed.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { SkillIdShape, TenantIdShape } from "../../kernel/domain/id-shapes.ts";
import { ROLES } from "../../kernel/domain/principal.ts";
import { type Listed, toListed } from "../../kernel/domain/seal-broken.ts";
import type {
  Delivery,
  DeliveryFailures,
  DeliveryKey,
  Webhook,
  WebhookNote,
} from "../../kernel/ports/deliveries.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";

const WebhookRow = z
  .object({
    tenant: TenantIdShape,
    id: z.string(),
    skill: SkillIdShape,
    scheme: z.string(),
    /** Sealed. */
    secret: z.string().nullable(),
    secret_by: z.string().nullable(),
    user: z.string(),
    role: z.enum(ROLES),
    key_id: z.string().nullable(),
    created_at: z.number(),
  })
  .transform(({ key_id, created_at, secret_by, ...row }): Webhook => {
    // One that was made before this was kept has its secret of whoever had it then.
    const secretBy = row.secret === null ? null : (secret_by ?? row.user);
    return { ...row, secretBy, keyId: key_id, createdAt: created_at };
  });

const KeyRow = z
  .object({ tenant: TenantIdShape, webhook: z.string(), event_id: z.string() })
  .transform(({ event_id, ...row }): DeliveryKey => ({ ...row, eventId: event_id }));

const DeliveryRow = z
  .object({
    tenant: TenantIdShape,
    webhook: z.string(),
    event_id: z.string(),
    status: z.enum(["stored", "started", "failed"]),
    /** Sealed, as is `problem`: it repeats what was wrong with the input. */
    input: z.string(),
    attempts: z.number(),
    run_id: z.string().nullable(),
    received_at: z.number(),
    problem: z.string().nullable(),
    secret_by: z.string().nullable(),
  })
  .transform(({ event_id, input, run_id, received_at, secret_by, ...row }) => ({
    ...row,
    eventId: event_id,
    payload: input,
    runId: run_id,
    receivedAt: received_at,
    secretBy: secret_by,
  }));

const FailuresRow = z.object({
  webhook: z.string(),
  event_id: z.string(),
  count: z.number(),
  problem: z.string().nullable(),
});

export function placeOf({ tenant, webhook, eventId }: DeliveryKey, column: "input" | "problem"): Place {
  return { tenant, column: `deliveries.${column}`, row: `${webhook}/${eventId}` };
}

export function placeOfSecret({ tenant, id }: Pick<Webhook, "tenant" | "id">): Place {
  return { tenant, column: "webhooks.secret", row: id };
}

export const parseKey = (row: unknown): DeliveryKey => KeyRow.parse(row);

export async function openWebhook(vault: Vault, row: unknown): Promise<Webhook> {
  const webhook = WebhookRow.parse(row);
  const { secret } = webhook;
  return secret === null ? webhook : { ...webhook, secret: await vault.open(placeOfSecret(webhook), secret) };
}

export async function toNote(vault: Vault, row: unknown): Promise<Listed<WebhookNote>> {
  const { secret: _, ...note } = WebhookRow.parse(row);
  return toListed(
    openWebhook(vault, row).then(() => note),
    note,
  );
}

export async function openDelivery(vault: Vault, row: unknown): Promise<Delivery> {
  const sealed = DeliveryRow.parse(row);
  const [payload, problem] = await Promise.all([
    vault.open(placeOf(sealed, "input"), sealed.payload),
    openProblem(vault, sealed, sealed.problem),
  ]);
  return { ...sealed, payload: JSON.parse(payload), problem };
}

export async function listDelivery(vault: Vault, row: unknown): Promise<Listed<Delivery>> {
  return toListed(openDelivery(vault, row), { ...DeliveryRow.parse(row), payload: null, problem: null });
}

async function openProblem(vault: Vault, key: DeliveryKey, sealed: string | null): Promise<unknown> {
  return sealed === null ? null : JSON.parse(await vault.open(placeOf(key, "problem"), sealed));
}

export async function openFailures(
  vault: Vault,
  tenant: TenantId,
  row: unknown,
): Promise<Listed<DeliveryFailures>> {
  const { webhook, event_id: eventId, count, problem } = FailuresRow.parse(row);
  return toListed<DeliveryFailures>(
    openProblem(vault, { tenant, webhook, eventId }, problem).then((opened) => ({
      ...{ webhook, count },
      problem: opened,
    })),
    { webhook, count, problem: null },
  );
}
