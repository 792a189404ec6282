// Whose yes counts for a run. Nobody agrees to what he himself put into it, by whatever key, token, link, schedule or webhook, while
// somebody else could. Where nobody else can, one of them decides, last of all whoever it is in the name of; the audit says so.
import type { Person } from "../domain/person.ts";
import type { Principal, Role } from "../domain/principal.ts";
import { ROLES } from "../domain/principal.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import type { RunRequest } from "../domain/request.ts";
import type { RunOrder, RunRecord } from "../domain/run.ts";
import { reachesPlan } from "../domain/skill-glob.ts";
import { toAskers } from "./askers.ts";
import { COULD_BEFORE, OUT_OF_REACH, OWN, PUT_IN, toFromAsker, type Why } from "./not-his.ts";
import { hasToken } from "./token.ts";

export type WhoDecides =
  /** `isOwn`: he put something into it himself, or his key is in such hands, and there is nobody else to ask. */
  | { readonly allowed: true; readonly isOwn: boolean }
  | { readonly allowed: false; readonly refusal: RefusalOf<"forbidden"> };

/** The question: who gave what it is about, what for, whose yes is wanted. */
export interface Asked extends Pick<RunOrder, "plan" | "approval"> {
  /** In whose name it is comes first. */
  readonly askers: readonly string[];
  /** Those beside them who could decide when it was put. */
  readonly put?: readonly string[];
}

/** As it was put. Of what its askers change afterwards, nothing makes one of them the one who decides. */
export function toAskedOf({ order, steps, deciders = [] }: Put): Asked {
  const { plan, approval } = order;
  return { plan, approval, askers: toAskers({ order, steps }), put: deciders };
}
type Put = Pick<RunRecord, "order" | "steps" | "deciders">;

/** A role that may decide: the one asked for, or one above it. Viewers only read, whatever a skill says. */
export function isDecider(role: Role | null, by: Role): boolean {
  return role !== null && role !== "viewer" && ROLES.indexOf(role) <= ROLES.indexOf(by);
}

/** Beside whoever it is in the name of. `others`: those of them whom no asker's hands reach. `near`: all of them. */
interface Circles<Of> {
  readonly others: readonly Of[];
  readonly near: readonly Of[];
}

function toCircles<Of extends Person>(
  { askers, approval: { by } }: Asked,
  people: readonly Of[],
  toRole: (person: Of) => Role | null,
): Circles<Of> {
  const may = people.filter((person) => isDecider(toRole(person), by) && person.id !== askers[0]);
  return {
    others: may.filter((person) => !askers.includes(person.id) && isFree(askers, person)),
    near: may,
  };
}

/** He has some way to come that none of them has in his hands. Of whom no way is known, nobody can say that he has not. */
function isFree(askers: readonly string[], { ways = [] }: Person): boolean {
  return ways.length === 0 || ways.some((hands) => !isInHands(askers, hands));
}

function isInHands(askers: readonly string[], hands: readonly string[]): boolean {
  return hands.some((one) => askers.includes(one));
}

const roleNow = ({ role }: Person): Role | null => role;
const roleLately = ({ role, lately: before }: Person): Role | null => before ?? role;

/** Those whom the question is put to. */
export function listDeciders<Of extends Person>(asked: Asked, people: readonly Of[]): readonly Of[] {
  const { others, near } = toCircles(asked, people, roleNow);
  if (others.length > 0) return others;
  if (near.length > 0) return near;
  return people.filter(({ id, role }) => id === asked.askers[0] && isDecider(role, asked.approval.by));
}

/** Who else could decide, now or within the last day: with the question this is kept. */
export function listOthers(asked: Asked, people: readonly Person[]): readonly string[] {
  const [current, before] = [toCircles(asked, people, roleNow), toCircles(asked, people, roleLately)];
  return [...new Set([...current.others, ...before.others].map(({ id }) => id))];
}

type Decider = Pick<Principal, "user" | "role" | "skills" | "hands">;

export function decideYes(asked: Asked, principal: Decider, people: readonly Person[]): WhoDecides {
  const { by } = asked.approval;
  const who = listDeciders(asked, people).map(({ id }) => id);
  if (!reachesPlan(principal, asked.plan)) return forbid(asked, principal, { ...OUT_OF_REACH, who });
  if (!isDecider(principal.role, by)) return forbid(asked, principal, { rule: `only ${by} decides`, who });
  const why = findOwn(asked, principal, people);
  if (why === null) return { allowed: true, isOwn: false };
  const { others, near } = toCircles(asked, people, roleNow);
  if (others.length > 0) return forbid(asked, principal, { ...why, who: others.map(({ id }) => id) });
  const before = [...new Set([...(asked.put ?? []), ...listOthers(asked, people)])];
  if (before.length > 0) return forbid(asked, principal, { ...COULD_BEFORE, who: before });
  return decideAlone(asked, principal, { why, near, people });
}

interface Alone {
  readonly why: Why;
  readonly near: readonly Person[];
  readonly people: readonly Person[];
}

/** Nobody else can decide whom no asker's hands reach: one of the askers does, and whose name it is in comes last. */
function decideAlone(asked: Asked, principal: Decider, { why, near, people }: Alone): WhoDecides {
  if (principal.user !== asked.askers[0]) return { allowed: true, isOwn: true };
  if (near.length > 0) return forbid(asked, principal, { ...why, who: near.map(({ id }) => id) });
  const gone = toCircles(asked, people, roleLately).near.map(({ id }) => id);
  if (gone.length > 0) return forbid(asked, principal, { ...COULD_BEFORE, who: gone });
  return { allowed: true, isOwn: true };
}

/** Null: neither he nor anybody who has his key in hand put anything into it. */
function findOwn({ askers }: Asked, { user, hands }: Decider, people: readonly Person[]): Why | null {
  if (user === askers[0]) return OWN;
  if (askers.includes(user)) return PUT_IN;
  if (hands === undefined || !isInHands(askers, hands)) return null;
  const free = people.filter(
    (one) => one.role === "owner" && !askers.includes(one.id) && isFree(askers, one),
  );
  const self = people.find(({ id }) => id === user);
  return toFromAsker({
    user,
    hasAnother: self?.ways !== undefined && self.ways.length > 0 && isFree(askers, self),
    owners: free.map(({ id }) => id).filter((id) => id !== user),
  });
}

/** A no: from those whose yes would count, and from whoever it is in the name of. */
export function decideNo(
  asked: Asked,
  principal: Pick<Principal, "user" | "role">,
  people: readonly Person[],
): WhoDecides {
  const isOwn = principal.user === asked.askers[0] && principal.role !== "viewer";
  if (isOwn || isDecider(principal.role, asked.approval.by)) return { allowed: true, isOwn };
  const who = listDeciders(asked, people).map(({ id }) => id);
  return forbid(asked, principal, { rule: `only ${asked.approval.by} decides`, who });
}

function forbid(
  { plan }: Asked,
  { role }: Pick<Principal, "role">,
  { rule, who, mend }: Why & { readonly who: readonly string[] },
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
  asked: Pick<RunOrder, "plan" | "approval" | "askers">,
  around: Around,
): Pick<RunOrder, "approved"> {
  if (approval !== "approved" || !hasToken(around.approvalToken, approvalToken)) return { approved: false };
  const askers = [principal.user, ...(asked.askers ?? [])];
  return { approved: decideYes({ ...asked, askers }, principal, around.people ?? []).allowed };
}
