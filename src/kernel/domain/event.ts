// Telemetry events by the specification's names. They hold no personal data: a query is its hash, a user is an id.
import { z } from "zod";

const base = { request_id: z.string(), timestamp: z.string() };

export const TelemetryEvent = z.discriminatedUnion("event", [
  z.strictObject({
    event: z.literal("request_received"),
    ...base,
    user_id: z.string(),
    channel: z.string(),
    query_hash: z.string().nullable(),
    locale: z.enum(["ru", "en"]),
  }),
  z.strictObject({
    event: z.literal("routing_candidates"),
    ...base,
    candidates: z.array(
      z.strictObject({ skill_id: z.string(), score: z.number(), features: z.record(z.string(), z.number()) }),
    ),
    confidence: z.number(),
    score_margin: z.number(),
  }),
  z.strictObject({
    event: z.literal("routing_decision"),
    ...base,
    skill_id: z.string().nullable(),
    reason: z.string(),
    fallback_used: z.boolean(),
    mode: z.string(),
  }),
  z.strictObject({
    event: z.literal("budget_check"),
    ...base,
    estimated_cost_usd: z.number(),
    limits: z.strictObject({ per_request_usd: z.number(), daily_usd: z.number(), monthly_usd: z.number() }),
    result: z.enum(["allowed", "blocked"]),
    remaining_usd: z.number(),
  }),
  z.strictObject({
    event: z.literal("budget_warning"),
    ...base,
    payer: z.string(),
    period: z.enum(["day", "month"]),
    percent: z.number().int(),
    spent_usd: z.number(),
    limit_usd: z.number(),
  }),
  z.strictObject({
    event: z.literal("budget_overrun"),
    ...base,
    skill_id: z.string(),
    held_usd: z.number(),
    billed_usd: z.number(),
    over_usd: z.number(),
  }),
  z.strictObject({
    event: z.enum(["breaker_opened", "breaker_closed"]),
    ...base,
    host: z.string(),
    reason: z.enum(["failures", "slow"]),
    until: z.string().nullable(),
  }),
  z.strictObject({
    event: z.literal("policy_decision"),
    ...base,
    required_permissions: z.array(z.string()),
    result: z.enum(["allowed", "denied", "approval_required"]),
    reason: z.string(),
  }),
  z.strictObject({
    event: z.literal("integration_call"),
    ...base,
    connector: z.string(),
    target: z.string(),
    effect: z.enum(["read", "write", "delete"]),
    status: z.enum(["ok", "failed", "planned"]),
    latency_ms: z.number(),
    cost_usd: z.number(),
  }),
  z.strictObject({
    event: z.literal("seal_broken"),
    ...base,
    column: z.string(),
    row: z.string(),
    why: z.enum(["altered", "key_missing"]),
  }),
  z.strictObject({
    event: z.literal("execution_result"),
    ...base,
    skill_id: z.string(),
    status: z.string(),
    error_class: z.string().nullable(),
    retries: z.number().int(),
    latency_ms: z.number(),
    tokens_used: z.number().int(),
    cost_usd: z.number(),
  }),
  z.strictObject({
    event: z.literal("feedback_received"),
    ...base,
    correction: z.boolean(),
    skill_id: z.string().nullable(),
    expected_skill_id: z.string().nullable(),
    source: z.string(),
  }),
  z.strictObject({
    event: z.literal("webhook_received"),
    ...base,
    webhook_id: z.string(),
    status: z.number().int(),
    attachments: z.array(z.strictObject({ content_type: z.string(), size_bytes: z.number().int() })),
  }),
  z.strictObject({
    event: z.literal("idempotency_skipped"),
    ...base,
    source: z.string(),
    skill_id: z.string(),
  }),
  z.strictObject({
    event: z.enum(["schedule_started", "schedule_finished", "job_queued", "job_retried", "job_finished"]),
    ...base,
    skill_id: z.string(),
    status: z.string(),
    attempt: z.number().int(),
  }),
]);

export type TelemetryEvent = z.infer<typeof TelemetryEvent>;
