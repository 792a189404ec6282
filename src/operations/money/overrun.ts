// A run that was billed beyond its hold stops whatever costs money until somebody has seen it. Only this takes it back: a higher
// limit does not say that anybody looked at the bill.
import { z } from "zod";
import { noteAudit } from "../records/audit.ts";
import { toBudgetBody } from "./budget-body.ts";
import { tryHeldBack } from "../stops/held-runs.ts";
import { defineOperation } from "../operation.ts";

export const overrunAcknowledge = defineOperation({
  name: "overrun-acknowledge",
  summary: "Says that a bill beyond what was held has been seen: what costs money may start again.",
  permission: "admin",
  http: "POST /budgets/acknowledge-overrun",
  audited: "budget.acknowledge_overrun",
  input: z.strictObject({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    await platform.runners.drain(tenant);
    const { overrun } = await platform.guard.budget(tenant);
    if (overrun === null)
      return {
        refusal: {
          reason: "conflict",
          message: {
            en: "There is no overrun to acknowledge.",
            ru: "Перерасхода, который нужно признать, нет.",
          },
        },
      };
    const view = await platform.guard.change(tenant, { order: "acknowledge_overrun" });
    tryHeldBack(platform, tenant);
    const body = { over_micro_usd: overrun.microUsd };
    noteAudit(platform, call, { action: "budget.acknowledge_overrun", target: overrun.runId, body });
    return { body: toBudgetBody(view) };
  },
});
