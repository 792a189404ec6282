// Takes over what another user or key set up: what stopped with a key goes on with one that is good.
import { z } from "zod";
import type { SkillId, TenantId } from "../../kernel/domain/id.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import type { Call } from "../operation.ts";
import { findSetUpRefusal } from "./start-triggered.ts";
import { type SetUp, toSetUp } from "./trigger-key.ts";

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
