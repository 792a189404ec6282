// Takes over what another user or key set up: what stopped with a key goes on with one that is good.
import { z } from "zod";
import type { SkillId, TenantId } from "../../kernel/domain/id.ts";
import type { Refusal, RefusalOf } from "../../kernel/domain/refusal.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import type { Call } from "../operation.ts";
import { findSetUpRefusal } from "./start-triggered.ts";
import { loadHolds, type SetUp, toSetUp } from "./trigger-key.ts";

/** Whoever knows its secret starts it in the name of whoever set it up, and goes on when his own key has ended: it must be his. */
export async function findSetterRefusal(
  platform: Platform,
  { principal }: Call<unknown>,
  webhook: Pick<SetUp, "tenant" | "user" | "keyId">,
): Promise<RefusalOf<"forbidden"> | null> {
  const [own, hold] = await Promise.all([
    toSetUp(platform, principal),
    loadHolds(platform, webhook.tenant, [webhook]),
  ]);
  // Along rotations a key stays the same.
  if (own.user === webhook.user && own.keyId === hold(webhook).key) return null;
  return {
    reason: "forbidden",
    action: "call webhook-change",
    rule: "the secret of a webhook is set by its user, with its key",
    role: principal.role,
    mend: {
      en: 'Take it over: `skillos webhook take-over WEBHOOK` first, or send {"take_over": true} beside the secret. From then on it is bound to you and to this key.',
      ru: 'Примите его на себя: сначала `skillos webhook take-over ВЕБХУК` или отправьте {"take_over": true} вместе с секретом. С этого момента он привязан к вам и к этому ключу.',
    },
  };
}

export const TakeOver = z.literal(true);

interface Taken {
  readonly what: "webhook" | "schedule";
  readonly tenant: TenantId;
  readonly id: string;
  readonly skill: SkillId;
  readonly user: string;
  readonly keyId: string | null;
}

export async function takeOver(
  platform: Platform,
  call: Call<unknown>,
  { what, tenant, id, skill: named, user, keyId }: Taken,
): Promise<SetUp | { readonly refusal: Refusal }> {
  const { principal } = call;
  const snapshot = await platform.loadFresh(tenant);
  const skill = snapshot.skills.get(named);
  if (skill === undefined) return { refusal: toUnknownSkill(named, snapshot.skills.keys()) };
  const refusal = findSetUpRefusal(platform, snapshot, { skill, principal });
  if (refusal) return { refusal };
  const to = await toSetUp(platform, principal);
  const isThere =
    what === "webhook"
      ? await platform.deliveries.giveWebhook(tenant, id, to)
      : await platform.schedules.give(tenant, id, to);
  if (!isThere) return { refusal: { reason: "not_found", what, id } };
  const body = { from: user, from_key: keyId, key: to.keyId };
  noteAudit(platform, call, { action: `${what}.take_over`, target: id, body });
  return to;
}
