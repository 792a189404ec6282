// The trial run that a plan file names: what was agreed to, as this server knows it, and not as the file says it.
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { RunRequest } from "../../kernel/domain/request.ts";
import type { RunOrder, RunRecord } from "../../kernel/domain/run.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { findPlanDrift } from "../../kernel/approval/plan-drift.ts";
import { findRun } from "./run-get.ts";

/** `agreed` is null where no trial is named. */
export async function loadAgreed(
  platform: Platform,
  { principal, agreedRun, agreedHash }: RunRequest,
): Promise<{ readonly agreed: RunRecord | null } | { readonly refusal: Refusal }> {
  if (agreedRun === undefined) return { agreed: null };
  const run = await findRun(platform, principal, agreedRun);
  // Another tenant's trial, another server's and none at all are the same from here.
  if (run === null) return { refusal: { reason: "not_found", what: "plan", id: agreedRun } };
  const { hash } = run.manifest ?? run.order.plan;
  return run.status === "planned" && hash === agreedHash ? { agreed: run } : { refusal: NOT_ITS_PLAN };
}

const NOT_ITS_PLAN: Refusal = {
  reason: "conflict",
  message: {
    en: "The hash is not that of the plan which this trial run made: the file was changed. Nothing was done.",
    ru: "Хэш — не того плана, который сделал этот пробный запуск: файл изменён. Ничего не сделано.",
  },
};

/** What is to be carried out, with the list that was agreed to beside it; or in what it is another plan. */
export function withAgreed(
  agreed: RunRecord | null,
  order: RunOrder,
): RunOrder | { readonly refusal: Refusal } {
  if (agreed === null) return order;
  const refusal = findPlanDrift(agreed.order.plan, order.plan);
  if (refusal) return { refusal };
  return { ...order, agreedWrites: agreed.manifest?.writes ?? [] };
}
