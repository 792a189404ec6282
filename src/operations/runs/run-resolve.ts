// The answer to "did it happen?" for a write whose answer was lost.
import { z } from "zod";
import { NO_OUTCOME } from "../../kernel/execution/decisions.ts";
import { findRunRefusal } from "../../kernel/stages/authorize.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";
import { findRun } from "./run-get.ts";
import { toReply } from "./runner-reply.ts";

export const runResolve = defineOperation({
  name: "run-resolve",
  summary: "Says whether a write whose answer was lost did happen; the run goes on from there, once.",
  permission: "run",
  http: "POST /runs/{id}/resolve",
  audited: "run.resolve",
  input: z.strictObject({ id: z.string(), happened: z.boolean() }),
  async run(platform, call) {
    const { tenant, user } = call.principal;
    const { id, happened } = call.input;
    const run = await findRun(platform, call.principal, id);
    if (run === null) return { refusal: { reason: "not_found", what: "run", id } };
    const refusal = findRunRefusal(call.principal, run, "resolve");
    if (refusal) return { refusal };
    if (run.waitingFor !== "outcome" || run.status !== "waiting")
      return { refusal: { reason: "conflict", message: NO_OUTCOME } };
    const reply = await platform.runners.resolve(tenant, run.id, { user, happened });
    noteAudit(platform, call, {
      action: "run.resolve",
      target: run.id,
      outcome: reply.reply === "answer" ? "done" : "too late",
      body: { happened },
    });
    return toReply(reply);
  },
});
