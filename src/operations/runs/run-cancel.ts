// Stopping a run. A run that has ended stays as it ended.
import { z } from "zod";
import { hasEnded, type RunStatus } from "../../kernel/domain/run.ts";
import { toRunBody } from "../../kernel/execution/answer.ts";
import { findRunRefusal } from "../../kernel/stages/authorize.ts";
import { noteAudit } from "../records/audit.ts";
import { defineOperation } from "../operation.ts";
import { findRun } from "./run-get.ts";

const RUSSIAN_ENDS: ReadonlyMap<RunStatus, string> = new Map([
  ["succeeded", "готово"],
  ["failed", "не вышло"],
  ["cancelled", "отменён"],
  ["planned", "пробный"],
]);

export const runCancel = defineOperation({
  name: "run-cancel",
  summary: "Stops a run before its next step. What it has sent stays sent.",
  permission: "run",
  http: "POST /runs/{id}/cancel",
  audited: "run.cancel",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { tenant } = call.principal;
    const run = await findRun(platform, call.principal, call.input.id);
    if (run === null) return { refusal: { reason: "not_found", what: "run", id: call.input.id } };
    const refusal = findRunRefusal(call.principal, run, "cancel");
    if (refusal) return { refusal };
    if (run.status === "cancelled") return { body: toRunBody(run, platform.describeRefusal) };
    if (hasEnded(run.status))
      return {
        refusal: {
          reason: "conflict",
          message: {
            en: `This run has ended already: ${run.status}.`,
            ru: `Этот запуск уже закончился: ${RUSSIAN_ENDS.get(run.status) ?? run.status}.`,
          },
        },
      };
    const stopping = await platform.runners.cancel(tenant, run.id);
    noteAudit(platform, call, {
      action: "run.cancel",
      target: run.id,
      body: { skill: run.order.plan.skill },
    });
    const now = (await platform.runners.view(tenant, run.id)) ?? stopping ?? run;
    return {
      status: hasEnded(now.status) ? 200 : 202,
      body: toRunBody(now, platform.describeRefusal),
      headers: { location: `/runs/${run.id}` },
    };
  },
});
