// The nine stages in their order, for every channel: route, plan, assess, authorize (here, pure over one catalogue),
// then admit, approve, execute, settle, record (in the run's runner). No stage is skipped by any caller.
import { isReadOnly, type Plan } from "./domain/plan.ts";
import type { Preparation, Prepared } from "./domain/prepared.ts";
import type { RunRequest } from "./domain/request.ts";
import type { Understanding } from "./domain/run.ts";
import { type Skill, toSpoken } from "./domain/skill.ts";
import { detectLocale } from "./domain/text.ts";
import type { CatalogueSnapshot } from "./ports/catalogue.ts";
import type { RoutingIndex } from "./routing/index-type.ts";
import { toAskEvents } from "./stages/ask-events.ts";
import { assess } from "./stages/assess.ts";
import { decideTerms } from "./approval/terms.ts";
import { decideAuthorization, toJudging } from "./stages/authorize.ts";
import { decideAsked, type InputRequest } from "./stages/input.ts";
import { toUnrouted } from "./stages/offer.ts";
import { type Planner, toCalled, toPlan } from "./stages/plan.ts";
import { toOrder } from "./stages/order.ts";
import { decideRoute, type Told } from "./stages/route.ts";
import type { Person } from "./domain/person.ts";

export interface Surroundings extends Planner {
  readonly now: number;
  /** Null: the request names its skill. */
  readonly index: RoutingIndex | null;
  /** Null: the operator asks for no token. */
  readonly approvalToken: string | null;
  /** Looked up where the caller says yes beforehand. */
  readonly people?: readonly Person[];
  /** What others say of the request, where they were asked. */
  readonly told?: Told | undefined;
}

/** Everything before a runner is asked. Pure: the same catalogue, request and time give the same answer. */
export function prepareRun(
  snapshot: CatalogueSnapshot,
  request: RunRequest,
  around: Surroundings,
): Preparation {
  const mayChange = (skill: Skill): boolean => {
    const draft = toPlan(skill, {}, { snapshot, planner: around });
    return "effects" in draft && !isReadOnly(draft);
  };
  const { index, told } = around;
  const routed = decideRoute(snapshot, request, { mayChange, index, told });
  const events = toAskEvents(request, routed, around.now);
  const done = (outcome: Prepared): Preparation => ({ outcome, events: events.list });
  const decide = (skill: Skill, asked: InputRequest) =>
    decideAsked(skill, asked, { now: around.now, tenant: snapshot.tenant, mayChange });
  if (!("found" in routed)) return done(toUnrouted(routed, { request, skills: snapshot.skills, decide }));
  const skill = routed.found;
  const input = decide(skill, request);
  if ("refusal" in input) return done({ prepared: "refused", refusal: input.refusal });
  const understanding: Understanding = {
    ...toSpoken(skill, request.locale ?? detectLocale(request.query ?? "")),
    confidence: routed.confidence,
    alternatives: routed.alternatives,
    understood: input.understood,
    ...(told?.choice && { chosenBy: told.choice.by }),
  };
  if (input.missing.length > 0) {
    return done({
      prepared: "needs_input",
      skill,
      missing: input.missing,
      unclear: input.unclear,
      input: input.values,
      understanding,
    });
  }

  const draft = toPlan(skill, input.values, { snapshot, planner: around });
  if ("refusal" in draft) return done({ prepared: "refused", refusal: draft.refusal });
  const asked = { skill, called: toCalled(snapshot, draft) };
  const plan: Plan = { ...draft, ...assess(asked, draft.effects, request.query) };

  const judging = toJudging(snapshot, request, around.now);
  const authorized = decideAuthorization(judging, { asked, plan, manifest: null, isFinal: false });
  events.addPolicy(authorized);
  if (!authorized.allowed) return done({ prepared: "refused", refusal: authorized.refusal });
  const order = toOrder(request, {
    ...{ plan, understanding, snapshot, around },
    need: authorized.approval,
    terms: decideTerms(asked),
  });
  return done({ prepared: "order", order: { ...order, events: events.list } });
}
