// What the pure half of the pipeline has found, as the order that a runner is given.
import { isReadOnly, type Plan } from "../domain/plan.ts";
import type { RunRequest } from "../domain/request.ts";
import type { ApprovalTerms, RunOrder, Understanding } from "../domain/run.ts";
import { detectLocale } from "../domain/text.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import type { ApprovalNeed } from "./authorize.ts";
import { toOtherAskers } from "../approval/askers.ts";
import { toYes } from "../approval/who-decides.ts";

interface Findings {
  readonly plan: Plan;
  readonly understanding: Understanding;
  readonly snapshot: CatalogueSnapshot;
  readonly need: ApprovalNeed;
  readonly terms: ApprovalTerms;
  readonly around: Parameters<typeof toYes>[2];
}

export function toOrder(request: RunRequest, findings: Findings): Omit<RunOrder, "events"> {
  const { plan, understanding, snapshot, need, terms, around } = findings;
  const others = toOtherAskers(request, plan, snapshot.makers);
  return {
    requestId: request.requestId,
    principal: request.principal,
    channel: request.channel,
    query: request.query,
    locale: request.locale ?? detectLocale(request.query ?? ""),
    timeZone: snapshot.tenant.timeZone,
    currency: snapshot.tenant.currency,
    plan,
    understanding,
    idempotency: request.idempotency,
    dryRun: request.dryRun || !(request.execute ?? isReadOnly(plan)),
    goesOnIdle: !request.dryRun && request.execute === null,
    ...others,
    ...toYes(request, { plan, approval: need, ...others }, around),
    approval: need,
    terms,
    agreedHash: request.agreedHash,
    excluded: request.excluded,
    data: request.data,
    allowStale: request.allowStale,
    record: request.record,
    isAsync: request.isAsync,
    waitMs: request.waitMs,
    maxRetries: request.maxRetries,
    catalogueVersion: snapshot.version,
    debug: request.debug,
    rehearsal: request.rehearsal,
  };
}
