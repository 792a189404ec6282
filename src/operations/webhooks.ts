// Webhooks and what was delivered to them. Receiving is webhook-receive.ts.
import { z } from "zod";
import { parseSkillId } from "../kernel/domain/id.ts";
import { toIso } from "../kernel/domain/zone.ts";
import { toUnknownSkill } from "../kernel/language/unknown-skill.ts";
import type { Delivery, Webhook } from "../kernel/ports/deliveries.ts";
import { noteAudit } from "./audit.ts";
import type { Call } from "./operation.ts";
import { defineOperation } from "./operation.ts";

/** The last part of an address. */
const WebhookId = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/,
    "A webhook is named with Latin letters, digits, dots, _ and -.",
  );
const LEAST_SECRET_CHARACTERS = 8;

function toBody(webhook: Webhook) {
  const { id, skill, scheme, tenant, createdAt } = webhook;
  return {
    id,
    skill,
    scheme,
    url: `/webhooks/${tenant}/${id}`,
    secret: webhook.secret === null ? "SKILLOS_WEBHOOK_SECRET" : "its own",
    created_at: toIso(createdAt),
  };
}

export const webhookAdd = defineOperation({
  name: "webhook-add",
  summary: "Lets a service start a skill. Its deliveries go to the answer's `url`.",
  permission: "build",
  http: "POST /webhooks",
  input: z.strictObject({
    id: WebhookId,
    skill: z.string(),
    scheme: z.string().default("skillos"),
    secret: z
      .string()
      .min(LEAST_SECRET_CHARACTERS, `A secret has at least ${LEAST_SECRET_CHARACTERS} characters.`)
      .max(500)
      .optional(),
  }),
  async run(platform, call) {
    const { tenant, user, role } = call.principal;
    const { id, scheme, secret } = call.input;
    if (!platform.signatures.has(scheme)) {
      return {
        refusal: {
          reason: "bad_request",
          message: `There is no scheme "${scheme}".`,
          mend: `Use one of: ${[...platform.signatures.keys()].join(", ")}.`,
          field: "scheme",
        },
      };
    }
    const skill = parseSkillId(call.input.skill);
    const { skills } = await platform.loadFresh(tenant);
    if (skill === null || !skills.has(skill))
      return { refusal: toUnknownSkill(call.input.skill, skills.keys()) };
    const webhook: Webhook = {
      tenant,
      id,
      skill,
      scheme,
      secret: secret ?? null,
      user,
      role,
      createdAt: platform.clock.now(),
    };
    if (!(await platform.deliveries.addWebhook(webhook)))
      return {
        refusal: { reason: "conflict", message: `There is a webhook "${id}" already. Delete it first.` },
      };
    await noteAudit(platform, call, { action: "webhook.add", target: id, body: { skill, scheme } });
    return { status: 201, body: toBody(webhook) };
  },
});

export const webhookList = defineOperation({
  name: "webhook-list",
  summary: "Who may start which skill. Secrets are not shown.",
  permission: "read",
  http: "GET /webhooks",
  input: z.object({}),
  run: async (platform, call) => ({
    body: { webhooks: (await platform.deliveries.listWebhooks(call.principal.tenant)).map(toBody) },
  }),
});

export const webhookDrop = defineOperation({
  name: "webhook-drop",
  summary: "Deletes a webhook. What was delivered and not started fails; runs go on.",
  permission: "build",
  http: "DELETE /webhooks/{id}",
  input: z.object({ id: z.string() }),
  async run(platform, call: Call<{ id: string }>) {
    const { id } = call.input;
    if (!(await platform.deliveries.dropWebhook(call.principal.tenant, id)))
      return { refusal: { reason: "not_found", what: "webhook", id } };
    await noteAudit(platform, call, { action: "webhook.drop", target: id, body: {} });
    return { body: { id, deleted: true } };
  },
});

export const deliveryList = defineOperation({
  name: "delivery-list",
  summary:
    "What was delivered to a webhook lately, newest first: stored, started with its run, or failed and why.",
  permission: "read",
  http: "GET /webhooks/{id}/deliveries",
  input: z.object({
    id: z.string(),
    status: z.enum(["stored", "started", "failed"]).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  async run(platform, call) {
    const { id, status, limit } = call.input;
    const { tenant } = call.principal;
    const found = await platform.deliveries.list(tenant, { webhook: id, status: status ?? null, limit });
    if (found.length === 0 && !(await platform.deliveries.findWebhook(tenant, id)))
      return { refusal: { reason: "not_found", what: "webhook", id } };
    return { body: { deliveries: found.map(toDeliveryBody) } };
  },
});

function toDeliveryBody({ eventId, status, attempts, runId, receivedAt, problem }: Delivery) {
  return {
    event_id: eventId,
    status,
    attempts,
    ...(runId === null ? {} : { run_id: runId }),
    received_at: toIso(receivedAt),
    ...(problem === null ? {} : { problem }),
  };
}
