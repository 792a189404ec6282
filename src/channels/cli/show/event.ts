// One telemetry event as one line: when, what, and the few facts that a person looks for.
import { type Json, toNumber, toText } from "../json.ts";
import { toLogWord } from "../words/log-words.ts";
import { toStatus } from "./status.ts";
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
          `${toLogWord(name, view.locale)} ${name === "confidence" ? toPercent(toNumber(value)) : toSaid(value, view)}`,
        ];
  });
  const name = toLogWord(toText(event["event"]), view.locale);
  return `${view.paint("dim", formatTime(toText(event["timestamp"]), view))}  ${name.padEnd(20)}  ${facts.join(" · ")}`.trimEnd();
}

function toSaid(value: unknown, view: View): string {
  const text = toText(value) || JSON.stringify(value);
  const status = toStatus(text, view);
  return status === text ? toLogWord(text, view.locale) : status;
}
