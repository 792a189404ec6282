// Webhooks and what was delivered to them. Receiving is webhook-receive.ts, changing one webhook-change.ts.
import { z } from "zod";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { InputField } from "../../kernel/domain/skill.ts";
import type { Listed } from "../../kernel/domain/seal-broken.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import { toReached } from "../../kernel/domain/skill-glob.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Delivery, DeliveryFailures, Webhook, WebhookNote } from "../../kernel/ports/deliveries.ts";
import { noteAudit } from "../records/audit.ts";
import { noteBrokenRows, toSealed } from "../records/broken-seals.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { toToldProblem } from "./delivery-problem.ts";
import { findSetUpRefusal, toNeedsYes } from "./start-triggered.ts";
import { loadHolds, toSetUp } from "./trigger-key.ts";
import { findNoSecret, findShortSecret, NOTHING_MADE } from "./webhook-secret.ts";

/** The last part of an address. */
const WebhookId = z.string().regex(
  /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/,
  joinLanguages({
    en: "A webhook is named with Latin letters, digits, dots, _ and -.",
    ru: "Имя вебхука — из латинских букв, цифр, точек, _ и -.",
  }),
);

export function toWebhookBody({ id, skill, scheme, tenant, createdAt, secretBy }: WebhookNote) {
  return {
    id,
    skill,
    scheme,
    url: `/webhooks/${tenant}/${id}`,
    secret: secretBy === null ? "SKILLOS_WEBHOOK_SECRET" : "its own",
    ...(secretBy !== null && { secret_by: secretBy }),
    created_at: toIso(createdAt),
  };
}

/** What every delivery must give. */
function isNeeded({ optional, default: usual }: InputField): boolean {
  return !optional && usual === undefined;
}

export const webhookAdd = defineOperation({
  name: "webhook-add",
  summary: "Lets a service start a skill. Its deliveries go to the answer's `url`.",
  permission: "build",
  http: "POST /webhooks",
  audited: "webhook.add",
  input: z.strictObject({
    id: WebhookId,
    skill: z.string(),
    scheme: z.string().default("skillos"),
    secret: z.string().max(500).optional(),
  }),
  async run(platform, call) {
    const { tenant } = call.principal;
    const { id, scheme, secret } = call.input;
    if (!platform.signatures.has(scheme)) {
      const all = [...platform.signatures.keys()].join(", ");
      return {
        refusal: {
          reason: "bad_request",
          message: { en: `There is no scheme "${scheme}".`, ru: `Схемы «${scheme}» нет.` },
          mend: { en: `Use one of: ${all}.`, ru: `Есть такие: ${all}.` },
          field: "scheme",
        },
      };
    }
    const refusal =
      secret === undefined ? findNoSecret(platform.webhooks) : findShortSecret(secret, NOTHING_MADE);
    if (refusal) return { refusal };
    const skill = parseSkillId(call.input.skill);
    const snapshot = await platform.loadFresh(tenant);
    const skills = toReached(snapshot, call.principal);
    const known = skill === null ? undefined : skills.get(skill);
    if (skill === null || known === undefined)
      return { refusal: toUnknownSkill(call.input.skill, skills.keys()) };
    const beyond = findSetUpRefusal(platform, snapshot, { skill: known, principal: call.principal });
    if (beyond) return { refusal: beyond };
    const webhook: Webhook = {
      ...(await toSetUp(platform, call.principal)),
      id,
      skill,
      scheme,
      secret: secret ?? null,
      secretBy: secret === undefined ? null : call.principal.user,
      createdAt: platform.clock.now(),
    };
    if (!(await platform.deliveries.addWebhook(webhook)))
      return {
        refusal: {
          reason: "conflict",
          message: {
            en: `There is a webhook "${id}" already. Delete it first.`,
            ru: `Вебхук «${id}» уже есть. Сначала удалите его.`,
          },
        },
      };
    noteAudit(platform, call, { action: "webhook.add", target: id, body: { skill, scheme } });
    const needs = known.input.filter(isNeeded).map(({ name }) => name);
    const waits = toNeedsYes(platform, snapshot, { skill: known, by: webhook, channel: "webhook" });
    const hold = await loadHolds(platform, tenant, [webhook]);
    return { status: 201, body: { ...toWebhookBody(webhook), ...hold(webhook), needs, ...waits } };
  },
});

export const webhookList = defineOperation({
  name: "webhook-list",
  needsEverySkill: true,
  summary:
    "Who may start which skill, and how many deliveries of the last day started nothing. Secrets are not shown.",
  permission: "read",
  http: "GET /webhooks",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const [webhooks, failures] = await Promise.all([
      platform.deliveries.listWebhooks(tenant),
      platform.deliveries.listFailures(tenant, platform.clock.now() - LATELY_MS),
    ]);
    const hold = await loadHolds(platform, tenant, webhooks);
    const byWebhook = new Map(failures.map((failure) => [failure.webhook, failure]));
    const shown = webhooks.map((one) => ({
      ...toWebhookBody(one),
      ...hold(one),
      ...toFailed(byWebhook.get(one.id), (problem) => toToldProblem(platform, problem, call.locale)),
      ...toSealed(one),
    }));
    const rows = [...webhooks, ...failures];
    return {
      body: { webhooks: shown },
      ...noteBrokenRows(platform, call, { target: "webhook-list", rows }),
    };
  },
});

const LATELY_MS = 86_400_000;

function toFailed(failures: Listed<DeliveryFailures> | undefined, tell: (problem: unknown) => unknown) {
  if (failures === undefined) return { failed: 0 };
  const { count, problem } = failures;
  return { failed: count, last_problem: failures.broken ? { sealed: "broken" } : tell(problem) };
}

export const webhookDrop = defineOperation({
  name: "webhook-drop",
  needsEverySkill: true,
  summary: "Deletes a webhook. What was delivered and not started fails; runs go on.",
  permission: "build",
  http: "DELETE /webhooks/{id}",
  audited: "webhook.drop",
  input: z.object({ id: z.string() }),
  async run(platform, call: Call<{ id: string }>) {
    const { id } = call.input;
    if (!(await platform.deliveries.dropWebhook(call.principal.tenant, id)))
      return { refusal: { reason: "not_found", what: "webhook", id } };
    noteAudit(platform, call, { action: "webhook.drop", target: id, body: {} });
    return { body: { id, deleted: true } };
  },
});

export const deliveryList = defineOperation({
  name: "delivery-list",
  needsEverySkill: true,
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
    return {
      body: {
        deliveries: found.map((one) =>
          toDeliveryBody({ ...one, problem: toToldProblem(platform, one.problem, call.locale) }),
        ),
      },
      ...noteBrokenRows(platform, call, { target: "delivery-list", rows: found }),
    };
  },
});

function toDeliveryBody(delivery: Listed<Delivery>) {
  const { eventId, status, attempts, runId, receivedAt, problem } = delivery;
  return {
    ...toSealed(delivery),
    event_id: eventId,
    status,
    attempts,
    ...(runId === null ? {} : { run_id: runId }),
    received_at: toIso(receivedAt),
    ...(problem === null ? {} : { problem }),
  };
}
