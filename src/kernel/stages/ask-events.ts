// The telemetry of a request before it runs: what was asked (as a hash), what routing saw, what policy said.
import type { TelemetryEvent } from "../domain/event.ts";
import { sha256 } from "../domain/hash.ts";
import type { RunRequest } from "../domain/request.ts";
import { detectLocale } from "../domain/text.ts";
import { toIso } from "../domain/zone.ts";
import type { AuthorizeDecision } from "./authorize.ts";
import type { RouteDecision } from "./route.ts";

export interface AskEvents {
  readonly list: TelemetryEvent[];
  addPolicy(decision: AuthorizeDecision): void;
}

export function toAskEvents(request: RunRequest, routed: RouteDecision, now: number): AskEvents {
  const base = { request_id: request.requestId, timestamp: toIso(now) };
  const list: TelemetryEvent[] = [
    ...(request.told ?? []),
    {
      event: "request_received",
      ...base,
      user_id: request.principal.user,
      channel: request.channel,
      query_hash: request.query === null ? null : sha256(request.query),
      locale: request.locale ?? detectLocale(request.query ?? ""),
    },
  ];
  const routing = "refusal" in routed ? null : routed.routing;
  if (routing) {
    list.push({
      event: "routing_candidates",
      ...base,
      candidates: routing.candidates.map(({ id, score, features }) => ({
        skill_id: id,
        score,
        features: { ...features },
      })),
      confidence: routing.confidence,
      score_margin: routing.margin,
    });
  }
  list.push({
    event: "routing_decision",
    ...base,
    skill_id: "found" in routed ? routed.found.id : null,
    reason: "refusal" in routed ? routed.refusal.reason : (routing?.reason ?? "given by the caller"),
    fallback_used: false,
    mode: request.mode,
  });
  return {
    list,
    addPolicy(decision) {
      list.push({
        event: "policy_decision",
        ...base,
        required_permissions: ["run"],
        result: !decision.allowed
          ? "denied"
          : decision.approval.needed === "yes"
            ? "approval_required"
            : "allowed",
        reason: decision.allowed ? decision.rule : decision.refusal.rule,
      });
    },
  };
}
