// One telemetry event as one line: when, what, and the few facts that a person looks for.
import { type Json, toNumber, toText } from "../json.ts";
import { toLogWord } from "../words/log-words.ts";
import { toStatus } from "./status.ts";
import { formatMoment, formatTime, toPercent } from "./value.ts";
import type { View } from "./view.ts";

export const FACTS: readonly string[] = [
  "skill_id",
  "webhook_id",
  "channel",
  "status",
  "result",
  "code",
  "reason",
  "payer",
  "period",
  "percent",
  "spent_usd",
  "limit_usd",
  "remaining_usd",
  "held_usd",
  "billed_usd",
  "over_usd",
  "host",
  "column",
  "row",
  "why",
  "until",
  "connector",
  "target",
  "effect",
  "error_class",
  "estimated_cost_usd",
  "cost_usd",
  "latency_ms",
  "tokens_used",
  "confidence",
  "expected_skill_id",
  "source",
  "attempt",
  "retries",
];

/** What a line has already, and what only a program reads; `--json` has all of it. */
export const LEFT_OUT: readonly string[] = [
  ...["event", "request_id", "timestamp", "user_id", "query_hash", "locale"],
  ...["candidates", "score_margin", "fallback_used", "mode"],
  ...["limits", "required_permissions", "correction", "attachments"],
];

export function toEventLine(event: Json, view: View): string {
  const facts = FACTS.flatMap((name) => {
    const value = event[name];
    return value === undefined || value === null || value === ""
      ? []
      : [`${toLogWord(name, view.locale)} ${toShown(name, value, view)}`];
  });
  const name = toLogWord(toText(event["event"]), view.locale);
  return `${view.paint("dim", formatTime(toText(event["timestamp"]), view))}  ${name.padEnd(20)}  ${facts.join(" · ")}`.trimEnd();
}

function toShown(name: string, value: unknown, view: View): string {
  if (name === "confidence") return toPercent(toNumber(value));
  return name === "until" ? formatMoment(toText(value), view) : toSaid(value, view);
}

function toSaid(value: unknown, view: View): string {
  const text = toText(value) || JSON.stringify(value);
  const status = toStatus(text, view);
  return status === text ? toLogWord(text, view.locale) : status;
}
