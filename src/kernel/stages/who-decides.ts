// Whose yes counts for a run. Nobody agrees to what he asked for himself, by whatever key, token, schedule or webhook: they all
// are in his name. Where one person alone may decide, his own yes is all there can be, and the audit says so.
import type { Principal, Role } from "../domain/principal.ts";
import { ROLES } from "../domain/principal.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import type { RunRequest } from "../domain/request.ts";
import type { RunOrder } from "../domain/run.ts";
import { reachesPlan } from "../domain/skill-glob.ts";
import { hasToken } from "./authorize.ts";

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
};

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
  principal: Pick<Principal, "user" | "role" | "skills">,
  people: readonly Person[],
): WhoDecides {
  const { by } = asked.approval;
  const who = listDeciders(asked, people).map(({ id }) => id);
  if (!reachesPlan(principal, asked.plan))
    return forbid(asked, principal, { rule: "it calls a skill that this key does not reach", who });
  if (!isDecider(principal.role, by)) return forbid(asked, principal, { rule: `only ${by} decides`, who });
  if (principal.user !== asked.principal.user) return { allowed: true, isOwn: false };
  const others = who.filter((id) => id !== principal.user);
  if (others.length === 0) return { allowed: true, isOwn: true };
  return forbid(asked, principal, { rule: "nobody agrees to what he asked for himself", who: others });
}

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
  { rule, who }: { rule: string; who: readonly string[] },
): WhoDecides {
  const action = `approve ${plan.skill}` as const;
  return {
    allowed: false,
    refusal: { reason: "forbidden", action, rule, role, ...(who.length > 0 && { who }) },
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
