// Counts how routing and runs have gone, from the events.
import { z } from "zod";
import { defineOperation } from "../operation.ts";

const DAY_MS = 86_400_000;

export const metricsGet = defineOperation({
  name: "metrics-get",
  needsEverySkill: true,
  summary: "How routing and runs have gone: found or not, times, errors by class, tokens and cost, by skill.",
  permission: "read",
  http: "GET /metrics",
  input: z.object({ days: z.coerce.number().int().min(1).max(90).default(7) }),
  async run(platform, call) {
    const { tenant } = call.principal;
    await platform.runners.drain(tenant);
    const since = platform.clock.now() - call.input.days * DAY_MS;
    return { body: { days: call.input.days, ...(await platform.metrics.load(tenant, since)) } };
  },
});
