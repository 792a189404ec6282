// What the guard is asked on a run's behalf.
import type { RunOrder } from "../domain/run.ts";
import type { Admission, Payer } from "../ports/guard.ts";
import { HOLD_MS } from "../ports/guard.ts";
import { toCalledIds } from "../domain/plan.ts";

/**
 * A key pays with all that it comes from: what somebody made with it, or in its place, gets around none of its limits. A skill pays with
 * all that it may call: a limit that a wrapper gets around is none.
 */
export function toPayers({
  principal,
  plan,
}: {
  readonly principal: RunOrder["principal"];
  readonly plan: Pick<RunOrder["plan"], "skill" | "pins">;
}): readonly Payer[] {
  const { user, keyId, line = [] } = principal;
  const skills = [plan.skill, ...toCalledIds(plan)];
  const own: Payer[] = ["tenant", `user:${user}`, ...skills.map((skill): Payer => `skill:${skill}`)];
  return keyId === null ? own : [...own, ...[keyId, ...line].map((key): Payer => `key:${key}`)];
}

export function toAdmission(order: RunOrder, runId: string, now: number): Admission {
  const { principal, plan } = order;
  return {
    runId,
    catalogueVersion: order.catalogueVersion,
    // A trial run performs its reads, and a model call is a read with a price.
    upperMicroUsd: plan.forecast.upperMicroUsd,
    payers: toPayers(order),
    windows: principal.unlimited
      ? []
      : [`user:${principal.user}`, `user:${principal.user}:skill:${plan.skill}`],
    // Whoever takes practice data or an old answer needs no service.
    hosts: order.data === "practice" || order.allowStale ? [] : (plan.hosts ?? []),
    skill: plan.skill,
    user: principal.user,
    deadline: now + HOLD_MS,
  };
}
