// A webhook that is there already: taken over, or given another secret.
import { z } from "zod";
import { joinLanguages } from "../../kernel/domain/text.ts";
import type { Webhook } from "../../kernel/ports/deliveries.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { noteAudit } from "../records/audit.ts";
import { findSetterRefusal, TakeOver, takeOver } from "./take-over.ts";
import { loadHolds } from "./trigger-key.ts";
import { findShortSecret, NOTHING_CHANGED } from "./webhook-secret.ts";
import { toWebhookBody } from "./webhooks.ts";

export const webhookChange = defineOperation({
  name: "webhook-change",
  needsEverySkill: true,
  summary:
    "Makes a webhook one's own (`take_over`): from now on it is bound to this user and key, whoever set it up. Or gives it another `secret`; whoever set the old one is no longer asked in what is signed with the new one.",
  permission: "build",
  http: "PUT /webhooks/{id}",
  audited: "webhook.change",
  input: z
    .strictObject({ id: z.string(), take_over: TakeOver.optional(), secret: z.string().max(500).optional() })
    .refine(
      ({ take_over, secret }) => take_over !== undefined || secret !== undefined,
      joinLanguages({ en: "Say `take_over` or `secret`.", ru: "Укажите `take_over` или `secret`." }),
    ),
  async run(platform, call) {
    const { id, take_over, secret } = call.input;
    const { tenant } = call.principal;
    const webhook = await platform.deliveries.findWebhook(tenant, id);
    if (webhook === null) return toGone(id);
    const short = secret === undefined ? null : findShortSecret(secret, NOTHING_CHANGED);
    const isTaken = secret === undefined || take_over === true;
    const refusal = short ?? (isTaken ? null : await findSetterRefusal(platform, call, webhook));
    if (refusal) return { refusal };
    const taken = take_over ? await takeOver(platform, call, { what: "webhook", ...webhook }) : webhook;
    if ("refusal" in taken) return taken;
    const secretBy =
      secret === undefined ? webhook.secretBy : await setSecret(platform, call, { webhook, secret });
    if (secretBy === GONE) return toGone(id);
    const hold = await loadHolds(platform, tenant, [taken]);
    return { body: { ...toWebhookBody({ ...webhook, secretBy }), ...hold(taken) } };
  },
});

function toGone(id: string) {
  return { refusal: { reason: "not_found", what: "webhook", id } } as const;
}

/** It was deleted meanwhile. */
const GONE = Symbol("gone");

/** Whose it is from now on. */
async function setSecret(
  platform: Platform,
  call: Call<unknown>,
  { webhook: { id, secretBy: from }, secret }: { readonly webhook: Webhook; readonly secret: string },
): Promise<string | typeof GONE> {
  const { tenant, user } = call.principal;
  if (!(await platform.deliveries.setSecret(tenant, id, { secret, secretBy: user }))) return GONE;
  noteAudit(platform, call, { action: "webhook.secret", target: id, body: { from } });
  return user;
}
