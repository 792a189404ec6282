// docs/telemetry: the schema of every event, and the shape of a metrics summary with nothing measured yet.
import { z } from "zod";
import { TelemetryEvent } from "../../src/kernel/domain/event.ts";
import type { GeneratedFile } from "./write.ts";

/** "Metrics to collect" of the PRD, by its names. A share is 0 to 1; times are milliseconds, costs US dollars. */
const METRICS_SUMMARY = {
  period: { from: null, to: null },
  requests: null,
  routing_quality: {
    top1_accuracy: null,
    top3_accuracy: null,
    no_skill_found_rate: null,
    override_rate: null,
    confidence_calibration: { brier_score: null },
  },
  routing_efficiency: {
    routing_latency_ms: { p50: null, p95: null },
    candidates_per_request: { mean: null },
    score_margin: { p10: null, p50: null, p90: null },
  },
  execution_health: {
    end_to_end_latency_ms: { p50: null, p95: null },
    success_rate: null,
    success_rate_by_skill: {},
    error_rate_by_class: {},
    retry_rate: null,
    timeout_rate: null,
  },
  cost: {
    tokens_per_request: { mean: null, p95: null },
    cost_usd_per_request: { mean: null, p95: null },
    budget_utilization_rate: null,
  },
  safety: { permission_denied_count: null, approval_required_rate: null, approval_denied_rate: null },
};

export function toTelemetryFiles(): GeneratedFile[] {
  const schema = {
    title: "SkillOS telemetry event",
    description:
      "One line of the log. Made by scripts/generate-docs.ts from src/kernel/domain/event.ts. No personal data: a query is its hash.",
    ...z.toJSONSchema(TelemetryEvent),
  };
  return [
    { path: "docs/telemetry/log_schema.json", text: `${JSON.stringify(schema, null, 2)}\n` },
    {
      path: "docs/telemetry/metrics_summary_template.json",
      text: `${JSON.stringify(METRICS_SUMMARY, null, 2)}\n`,
    },
  ];
}
