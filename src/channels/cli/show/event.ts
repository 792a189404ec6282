// One telemetry event as one line: when, what, and the few facts that a person looks for.
import { type Json, toNumber, toText } from "../json.ts";
import { formatTime, toPercent } from "./value.ts";
import type { View } from "./view.ts";

const FACTS = [
  "skill_id",
  "status",
  "result",
  "reason",
  "connector",
  "target",
  "effect",
  "error_class",
  "estimated_cost_usd",
  "cost_usd",
  "latency_ms",
  "confidence",
  "expected_skill_id",
  "attempt",
];

export function toEventLine(event: Json, view: View): string {
  const facts = FACTS.flatMap((name) => {
    const value = event[name];
    return value === undefined || value === null || value === ""
      ? []
      : [
          `${name.replace(/_id$|_class$/, "").replaceAll("_", " ")} ${name === "confidence" ? toPercent(toNumber(value)) : toText(value) || JSON.stringify(value)}`,
        ];
  });
  const name = toText(event["event"]);
  return `${view.paint("dim", formatTime(toText(event["timestamp"]), view))}  ${name.padEnd(20)}  ${facts.join(" · ")}`.trimEnd();
}
