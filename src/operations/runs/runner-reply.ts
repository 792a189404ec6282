// What a runner answers, as what an operation answers.
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { Declined, RunnerReply } from "../../kernel/ports/runners.ts";
import type { Reply } from "../operation.ts";
import { toRateHeaders } from "./rate-headers.ts";
import { toUnavailable } from "../../kernel/domain/unavailable.ts";

export function toRefusal(declined: Declined): Refusal {
  return declined.reply === "refused" ? declined.refusal : toUnavailable("the registry");
}

export function toReply(reply: RunnerReply): Reply {
  if (reply.reply === "stale") return { refusal: toRefusal(reply) };
  if (reply.reply === "refused")
    return { refusal: reply.refusal, events: reply.events, headers: toRateHeaders(reply.rates) };
  const { answer, replayed } = reply;
  return {
    status: answer.status,
    text: answer.body,
    headers: {
      "content-type": "application/json",
      ...toRateHeaders(reply.rates),
      ...(answer.location === null ? {} : { location: answer.location }),
      ...(replayed ? { "idempotency-replayed": "true" } : {}),
    },
  };
}
