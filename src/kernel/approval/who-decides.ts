// Whose yes counts for a run. Nobody agrees to what he asked for himself, by whatever key, token, schedule or webhook: they all
// are in his name. Where one person alone may decide, his own yes is all there can be, and the audit says so.
import type { Principal, Role } from "../domain/principal.ts";
import { ROLES } from "../domain/principal.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import type { RunRequest } from "../domain/request.ts";
import type { RunOrder, RunRecord } from "../domain/run.ts";
import type { BothLanguages } from "../domain/text.ts";
import { reachesPlan } from "../domain/skill-glob.ts";
import { hasToken } from "../stages/authorize.ts";

/** Of the tenant, as its owners administer them. */
export interface Person {
  readonly id: string;
  readonly role: Role;
}

export type WhoDecides =
  /** `isOwn`: he asked for it himself, and there is nobody else to ask. */
  | { readonly allowed: true; readonly isOwn: boolean }
  | { readonly allowed: false; readonly refusal: RefusalOf<"forbidden"> };

/** The order of the question: who asked, what for, whose yes is wanted. */
type Asked = Pick<RunOrder, "plan" | "approval"> & {
  readonly principal: Pick<Principal, "user">;
  /** When and to whom; absent where nobody has been asked yet. */
  readonly put?: { readonly at: number; readonly deciders: readonly string[] };
};

/** As it was put. Of what its asker changes afterwards, nothing makes him the one who decides. */
export function toAskedOf({ order, createdAt, deciders = [] }: Put): Asked {
  return { ...order, put: { at: createdAt, deciders } };
}
type Put = Pick<RunRecord, "order" | "createdAt" | "deciders">;

/** A role that may decide: the one asked for, or one above it. Viewers only read, whatever a skill says. */
export function isDecider(role: Role, by: Role): boolean {
  return role !== "viewer" && ROLES.indexOf(role) <= ROLES.indexOf(by);
}

/** Those whom the question is put to. */
export function listDeciders<Of extends Person>(asked: Asked, people: readonly Of[]): readonly Of[] {
  const may = people.filter(({ role }) => isDecider(role, asked.approval.by));
  const others = may.filter(({ id }) => id !== asked.principal.user);
  return others.length === 0 ? may : others;
}

export function decideYes(
  asked: Asked,
  principal: Pick<Principal, "user" | "role" | "skills" | "hands">,
  people: readonly Person[],
): WhoDecides {
  const { by } = asked.approval;
  const who = listDeciders(asked, people).map(({ id }) => id);
  if (!reachesPlan(principal, asked.plan))
    return forbid(asked, principal, { rule: "it calls a skill that this key does not reach", who });
  if (!isDecider(principal.role, by)) return forbid(asked, principal, { rule: `only ${by} decides`, who });
  if (principal.user !== asked.principal.user) {
    if (isOfAsker(asked, principal)) return forbid(asked, principal, { ...FROM_ASKER, who });
    return { allowed: true, isOwn: false };
  }
  const others = who.filter((id) => id !== principal.user);
  if (others.length > 0)
    return forbid(asked, principal, { rule: "nobody agrees to what he asked for himself", who: others });
  const before = asked.put?.deciders ?? [];
  if (before.length > 0) return forbid(asked, principal, { ...COULD_BEFORE, who: before });
  return { allowed: true, isOwn: true };
}

/**
 * The key is in the asker's hands too: he made or rotated it, or it was made, once the question was put, with one that was. What
 * its user made of it before is his own: how else would he ever come by a key.
 */
function isOfAsker({ principal: { user }, put }: Asked, { hands }: Pick<Principal, "hands">): boolean {
  if (hands === undefined || !hands.of.includes(user)) return false;
  return !hands.isOwn || put === undefined || hands.since >= put.at;
}

const FROM_ASKER: { readonly rule: string; readonly mend: BothLanguages } = {
  rule: "the key comes from whoever asked",
  mend: {
    en: "Open the link that was mailed to you, or let somebody else decide. A key of your own making counts for what is asked from then on: `skillos keys add`.",
    ru: "Откройте ссылку из письма или пусть решит кто-то другой. Ключ, который вы создадите сами, годится для вопросов, заданных после: `skillos keys add`.",
  },
};
const COULD_BEFORE: { readonly rule: string; readonly mend: BothLanguages } = {
  rule: "others could decide when it was asked",
  mend: {
    en: "Give one of them the role again, or cancel this run and ask anew: then it is on record that you are alone.",
    ru: "Верните кому-нибудь из них роль или отмените этот запуск и запросите заново: тогда будет записано, что вы один.",
  },
};

/** A no: from those whose yes would count, and from whoever asked. */
export function decideNo(
  asked: Asked,
  principal: Pick<Principal, "user" | "role">,
  people: readonly Person[],
): WhoDecides {
  const isOwn = principal.user === asked.principal.user && principal.role !== "viewer";
  if (isOwn || isDecider(principal.role, asked.approval.by)) return { allowed: true, isOwn };
  const who = listDeciders(asked, people).map(({ id }) => id);
  return forbid(asked, principal, { rule: `only ${asked.approval.by} decides`, who });
}

function forbid(
  { plan }: Asked,
  { role }: Pick<Principal, "role">,
  { rule, who, mend }: { rule: string; who: readonly string[]; mend?: BothLanguages },
): WhoDecides {
  const action = `approve ${plan.skill}` as const;
  return {
    allowed: false,
    refusal: { reason: "forbidden", action, rule, role, ...(who.length > 0 && { who }), mend },
  };
}

interface Around {
  readonly approvalToken: string | null;
  readonly people?: readonly Person[];
}

/** What a caller's yes beforehand is worth: as much as it would be later, and with the operator's token where one is set. */
export function toYes(
  { approval, approvalToken, principal }: Pick<RunRequest, "approval" | "approvalToken" | "principal">,
  asked: Omit<Asked, "principal">,
  around: Around,
): Pick<RunOrder, "approved" | "yesOf"> {
  if (approval !== "approved" || !hasToken(around.approvalToken, approvalToken)) return { approved: false };
  const yes = decideYes({ ...asked, principal }, principal, around.people ?? []);
  return yes.allowed ? { approved: true } : { approved: false, yesOf: yes.refusal.who ?? [] };
}
