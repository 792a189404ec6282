// The answer to the questions of a form: checked like the input of a skill, taken once.
import { z } from "zod";
import { toExpiry } from "../../kernel/domain/run.ts";
import { findRunRefusal } from "../../kernel/stages/authorize.ts";
import { decideAnswer } from "../../kernel/approval/form-answer.ts";
import { NO_QUESTION } from "../../kernel/execution/decisions.ts";
import { RUN_AGAIN } from "../approvals/approval-state.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";
import { findFileRefusal } from "./named-files.ts";
import { findRun } from "./run-get.ts";
import { toReply } from "./runner-reply.ts";

export const runAnswer = defineOperation({
  name: "run-answer",
  summary: "Answers the questions that a run waits with; it goes on with these values, once.",
  permission: "run",
  http: "POST /runs/{id}/answer",
  audited: "run.answer",
  input: z.strictObject({ id: z.string(), input: z.record(z.string(), z.unknown()) }),
  async run(platform, call) {
    const { id, input } = call.input;
    const { principal, locale } = call;
    const run = await findRun(platform, principal, id);
    if (run === null) return { refusal: { reason: "not_found", what: "run", id } };
    const refusal = findRunRefusal(principal, run, "answer");
    if (refusal) return { refusal };
    const { question, order } = run;
    if (run.status !== "waiting" || run.waitingFor !== "input" || !question)
      return { refusal: { reason: "conflict", message: NO_QUESTION } };
    const now = platform.clock.now();
    if (toExpiry(run) <= now) return { refusal: { reason: "gone", message: LATE, mend: RUN_AGAIN } };
    const { timeZone, currency } = order;
    const answered = decideAnswer(question.fields, input, { now, timeZone, currency, locale });
    if ("refusal" in answered) return answered;
    const isForeign = await findFileRefusal(platform, principal, input);
    if (isForeign) return { refusal: isForeign };
    const { tenant, user } = principal;
    const reply = await platform.runners.answer(tenant, run.id, {
      user,
      at: run.waitingAt ?? "",
      values: answered.values,
    });
    if (reply.reply === "answer")
      noteAudit(platform, call, { action: "run.answer", target: run.id, body: {} });
    return toReply(reply);
  },
});

const LATE = {
  en: "The time for this question is over.",
  ru: "Время для ответа на этот вопрос вышло.",
};
