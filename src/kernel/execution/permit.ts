// Whether a run that was planned and admitted may still do what it does: pauses and policies are those of now, never pinned. Asked
// before each write and delete, and before a read where nobody has asked for a second.
import type { Intended, Manifest } from "../domain/effect.ts";
import { toMinute } from "../policy/facts-time.ts";
import type { Asked } from "../policy/facts.ts";
import type { Plan } from "../domain/plan.ts";
import { type Principal, ROLES, toCurrent } from "../domain/principal.ts";
import { Fault, Refused, type RefusalOf } from "../domain/refusal.ts";
import type { EffectRecord, RunOrder } from "../domain/run.ts";
import type { Clock } from "../ports/clock.ts";
import type { Identity, Member } from "../ports/identity.ts";
import { STANDING_MS, type Standing } from "../ports/guard.ts";
import type { Policies, TenantPolicies } from "../ports/policies.ts";
import { toPayers } from "../stages/admit.ts";
import { isWorthAsking } from "../stages/approve.ts";
import { findDenial, type Judged, judge, toPolicyNeed, toUnasked } from "../stages/authorize.ts";
import type { HostWatch } from "../door/host-watch.ts";
import type { StandingReader } from "./standing.ts";
import { isTold, toActual } from "./told-addresses.ts";
import { toUnavailable } from "../domain/unavailable.ts";

/** For a read, a copy of what the guard says is good for a second. */
const FRESH_MS = 1_000;

export interface PermitPorts {
  readonly clock: Pick<Clock, "now">;
  readonly policies: Policies;
  readonly standing: StandingReader;
  readonly members: Pick<Identity, "findMember">;
  /** Hears that something was changed at the guard. */
  readonly hosts: Pick<HostWatch, "learn">;
}

export interface Permitted {
  readonly order: RunOrder;
  /** What it has done so far: where that went is known by now. */
  readonly effects: ReadonlyMap<string, EffectRecord>;
  readonly asked: Asked;
  /** What the trial listed, where there was one. */
  readonly manifest: Manifest | null;
  /** A person, or the caller, said yes to it. */
  readonly isApproved: boolean;
  readonly isTrial: boolean;
}

export interface Permit {
  /** Throws Refused where it may not, or where nobody can say. */
  check(intended: Intended): Promise<void>;
}

/** Made when its run has just been admitted: until a second later the guard has said so. */
export function createPermit(ports: PermitPorts, permitted: Permitted): Permit {
  const { order, effects } = permitted;
  let askedAt = ports.clock.now();
  let known = "";
  return {
    async check(intended) {
      if (order.rehearsal !== null) return;
      const isRead = intended.class === "read";
      const now = ports.clock.now();
      // What only the run could say was asked about by nobody yet.
      const isNews = intended.hops !== undefined || isTold(order.plan, intended);
      if (isRead && !isNews && now - askedAt < FRESH_MS) return;
      const standing = await readStanding(ports, isRead ? FRESH_MS : STANDING_MS);
      ports.hosts.learn(standing.epoch);
      refusePaused(order, standing);
      const principal = await findPrincipal(ports, order, now);
      const plan = toActual(order.plan, effects.values(), intended);
      // Within one minute the same policies say the same of the same plan and person.
      const state = `${standing.epoch} ${toMinute(now)} ${principal.role} ${toOpen(plan, order.plan)}`;
      if (state !== known) {
        const today = { ...permitted, order: { ...order, principal, plan } };
        refuseDenied(today, await judgeNow(ports, today, { standing, now }));
      }
      known = state;
      askedAt = now;
    },
  };
}

/** With the role that he has today; whoever was removed does nothing more. */
async function findPrincipal(
  { members }: PermitPorts,
  { principal, plan }: RunOrder,
  now: number,
): Promise<Principal> {
  let member: Member | null;
  try {
    member = await members.findMember(principal.tenant, principal.user, now);
  } catch (error) {
    throw toAway(new Fault("storage_away", "later", "the users cannot be read", error), "the registry");
  }
  const current = toCurrent(principal, member);
  if (current) return current;
  const rule = "whoever started this was removed";
  throw new Refused({ reason: "forbidden", action: `run ${plan.skill}`, rule, role: principal.role });
}

/** What tells two plans of one run apart. */
function toOpen(actual: Plan, plan: Plan): string {
  if (actual === plan) return "";
  return actual.effects.map((one) => `${one.step} ${one.class} ${one.target}`).join("\n");
}

async function readStanding({ standing }: PermitPorts, withinMs: number): Promise<Standing> {
  try {
    return await standing.recent(withinMs);
  } catch (error) {
    throw toAway(error, "the guard");
  }
}

/** Nobody is let through because nobody answers. */
function toAway(error: unknown, what: string): unknown {
  if (!(error instanceof Fault)) return error;
  return new Refused(toUnavailable(what), error);
}

async function loadPolicies(
  { policies }: PermitPorts,
  order: RunOrder,
  atLeast: number,
): Promise<TenantPolicies> {
  try {
    return await policies.load(order.principal.tenant, atLeast);
  } catch (error) {
    throw toAway(error, "the registry");
  }
}

function refusePaused(order: RunOrder, { paused }: Standing): void {
  const payer = (["all", ...toPayers(order)] as const).find((one) => paused.includes(one));
  if (payer !== undefined) throw new Refused({ reason: "paused", payer });
}

type Judgeable = Pick<Permitted, "order" | "asked" | "manifest" | "isTrial">;

async function judgeNow(
  ports: PermitPorts,
  { order, asked, manifest, isTrial }: Judgeable,
  { standing, now }: { readonly standing: Pick<Standing, "policiesVersion">; readonly now: number },
): Promise<readonly Judged[]> {
  const { policies, timeZone } = await loadPolicies(ports, order, standing.policiesVersion);
  const { principal, channel, plan } = order;
  return judge({ principal, channel, policies, timeZone, now }, { asked, plan, manifest, isFinal: !isTrial });
}

function refuseDenied(
  { order, asked, manifest, isApproved, isTrial }: Permitted,
  judged: readonly Judged[],
): void {
  const denial = findDenial(order.principal, asked, judged);
  if (denial) throw new Refused(denial);
  if (isTrial) return;
  const need = toPolicyNeed(judged);
  if (need.needed === "no" || need.by === null || !isWorthAsking(manifest)) return;
  // A yes was given to what policy asked then: one that asks for somebody greater has not had it.
  const isEnough = isApproved && ROLES.indexOf(order.approval.by) <= ROLES.indexOf(need.by);
  if (!isEnough) throw new Refused(toUnasked(order.principal, asked, judged));
}

/** Once the trial has counted: what policies say of exactly this list. A rehearsal asks nobody. */
export async function judgeTrial(
  ports: PermitPorts,
  {
    order,
    asked,
    manifest,
  }: { readonly order: RunOrder; readonly asked: Asked; readonly manifest: Manifest },
): Promise<{ readonly judged: readonly Judged[] } | { readonly refusal: RefusalOf<"forbidden"> }> {
  const now = order.rehearsal?.now ?? ports.clock.now();
  const standing = order.rehearsal === null ? await readStanding(ports, FRESH_MS) : { policiesVersion: 0 };
  const judged = await judgeNow(ports, { order, asked, manifest, isTrial: false }, { standing, now });
  const refusal = findDenial(order.principal, asked, judged);
  return refusal ? { refusal } : { judged };
}
