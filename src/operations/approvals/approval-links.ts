// Links by which a question is answered without a key. Whoever may say yes gets one of his own, for the telephone, say; nobody
// gets one in another's name. Opening one changes nothing; a decision uses it up.
import { z } from "zod";
import { makeApprovalLink, toShownHash } from "../../kernel/approval/link.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { toCurrent } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toExpiry } from "../../kernel/domain/run.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { ApprovalLink } from "../../kernel/ports/approval-links.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { decideYes, toAskedOf } from "../../kernel/approval/who-decides.ts";
import { findAsked, findLate, toUnknown } from "./approval-state.ts";
import { loadPeople, withWhom } from "./deciders.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";

export const approvalLink = defineOperation({
  name: "approval-link",
  summary:
    "A link of one's own for one question: it opens without a key, shows everything, and is good for one decision.",
  permission: "run",
  showsSecret: true,
  http: "POST /approvals/{id}/link",
  audited: "approval.link",
  input: z.strictObject({ id: z.string() }),
  async run(platform, call) {
    const { id } = call.input;
    const { principal } = call;
    const run = await findAsked(platform, principal, id);
    if (run === null) return { refusal: toUnknown(id) };
    const who = decideYes(toAskedOf(run), principal, await loadPeople(platform, principal));
    if (!who.allowed) return { refusal: withWhom(who.refusal, run, "approve") };
    const late = findLate(run, platform.clock.now());
    if (late) return { refusal: late };
    const path = await makeApprovalLink(platform, run, {
      ...{ id: principal.user, role: principal.role },
      keyId: principal.keyId,
      hands: principal.hands ?? [],
    });
    noteAudit(platform, call, { action: "approval.link", target: run.id, body: {} });
    const url = platform.publicUrl === null ? path : `${platform.publicUrl}${path}`;
    return { status: 201, body: { url, path, expires_at: toIso(toExpiry(run)) } };
  },
});

export interface OpenedLink {
  readonly link: ApprovalLink;
  /** Whose link it is, with the role that he has now; it reaches what this run calls and nothing else. */
  readonly principal: Principal;
  readonly run: RunRecord;
}

/** Another tenant's token, an invented one and one of somebody who was removed are the same: there is none. */
export async function openLink(
  platform: Platform,
  token: string,
): Promise<OpenedLink | { readonly refusal: Refusal }> {
  const unknown = { refusal: toUnknown(`…${token.slice(-4)}`) };
  const link = await platform.approvalLinks.find(sha256(token));
  if (link === null) return unknown;
  const now = platform.clock.now();
  const member = await platform.identity.findMember(link.tenant, link.user, now);
  if (member === null || !(await isKeyGood(platform, link, now))) return unknown;
  const { tenant, runId } = link;
  const run = (await platform.runners.view(tenant, runId)) ?? (await platform.runs.load(tenant, runId));
  if (run === null) return unknown;
  const refusal = findLate(run, now) ?? findUnfit(link, run, now);
  if (refusal) return { refusal };
  const principal: Principal = {
    ...{ tenant, user: link.user, role: link.role },
    scopes: ["read", "run"],
    keyId: null,
    skills: [run.order.plan.skill, ...Object.keys(run.order.plan.pins.skills)],
    ...(link.hands.length > 0 && { hands: link.hands }),
    unlimited: true,
  };
  const current = toCurrent(principal, member);
  return current === null ? unknown : { link, run, principal: current };
}

/** A key that was stolen and revoked agrees to nothing by the links that it made. */
async function isKeyGood({ keys }: Platform, { tenant, keyId }: ApprovalLink, now: number): Promise<boolean> {
  if (keyId === null) return true;
  const key = await keys.find(tenant, keyId);
  return key !== null && (key.expiresAt === null || key.expiresAt > now);
}

function findUnfit(link: ApprovalLink, run: RunRecord, now: number): Refusal | null {
  if (link.usedAt !== null) return USED;
  if (link.expiresAt <= now) return ENDED;
  return link.manifest === toShownHash(run) ? null : CHANGED;
}

export const USED: Refusal = {
  reason: "conflict",
  message: {
    en: "This link has been used: it is good for one decision.",
    ru: "Эта ссылка уже использована: она на одно решение.",
  },
};
const ENDED: Refusal = {
  reason: "gone",
  message: { en: "This link has expired.", ru: "Срок этой ссылки вышел." },
  mend: {
    en: "Answer with your key, or make another link: `POST /approvals/{id}/link`.",
    ru: "Ответьте со своим ключом или создайте другую ссылку: `POST /approvals/{id}/link`.",
  },
};
const CHANGED: Refusal = {
  reason: "conflict",
  message: {
    en: "The list is no longer the one that this link was made for.",
    ru: "Список уже не тот, для которого дана эта ссылка.",
  },
};
