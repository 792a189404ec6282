// Telemetry as a caller reads it, bit by bit.
import { z } from "zod";
import { EventCursor, toEventCursor } from "../cursor.ts";
import { defineOperation } from "../operation.ts";

export const eventList = defineOperation({
  name: "event-list",
  needsEverySkill: true,
  summary:
    "Telemetry, oldest first, after a cursor. `next` is the cursor to go on with; `more` says that there is more now.",
  permission: "read",
  http: "GET /events",
  input: z.object({
    since: EventCursor,
    run_id: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  async run(platform, call) {
    const { since, run_id, limit } = call.input;
    const { tenant } = call.principal;
    await platform.runners.drain(tenant);
    const found = await platform.runs.listEvents(tenant, { since, runId: run_id ?? null, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const events = shown.map(({ runId, event }) => ({
      ...event,
      ...(runId === null ? {} : { run_id: runId }),
    }));
    return { body: { events, next: toEventCursor(shown.at(-1) ?? since), more: found.length > limit } };
  },
});
