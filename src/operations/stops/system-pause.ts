// The switch over all tenants, for the operator: nothing new starts anywhere, from each tenant's very next admission on. One row says
// that it is on; each tenant's guard is told, and one that is made meanwhile is told before its key is handed out.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { PausedAll } from "../../kernel/ports/guard.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import { tryHeldBack } from "./held-runs.ts";
import { type Call, defineOperation, type Reply } from "../operation.ts";
import { isOperator } from "../tenants/operator.ts";

/** So many tenants are told at a time. */
const AT_ONCE = 25;
const PAUSES: readonly PausedAll[] = ["all", "letting_end"];

export const systemGet = defineOperation({
  name: "system-get",
  summary:
    "For the operator: whether everything is paused, and how many runs of how many tenants are under way.",
  permission: "admin",
  http: "GET /system",
  input: z.object({}),
  async run(platform, call) {
    const refusal = findRefusal(call);
    if (refusal) return { refusal };
    return { body: await toBody(platform) };
  },
});

export const systemPause = defineOperation({
  name: "system-pause",
  summary:
    "For the operator: nothing starts any more for any tenant, and runs under way write nothing more; with `let_end` these may end.",
  permission: "admin",
  http: "POST /system/pause",
  audited: "system.pause",
  input: z.strictObject({ let_end: z.boolean().default(false) }),
  run: (platform, call) => turn(platform, call, call.input.let_end ? "letting_end" : "all"),
});

export const systemResume = defineOperation({
  name: "system-resume",
  summary: "For the operator: takes the pause of every tenant back; pauses that tenants set themselves stay.",
  permission: "admin",
  http: "POST /system/resume",
  audited: "system.resume",
  input: z.strictObject({}),
  run: (platform, call) => turn(platform, call, null),
});

function findRefusal({ principal }: Call<unknown>): RefusalOf<"forbidden"> | null {
  if (isOperator(principal)) return null;
  const rule = "only the operator pauses everything";
  return { reason: "forbidden", action: "pause everything", rule, role: principal.role };
}

/** Null takes both kinds back. */
async function turn(platform: Platform, call: Call<unknown>, how: PausedAll | null): Promise<Reply> {
  const refusal = findRefusal(call);
  if (refusal) return { refusal };
  // The row first: a tenant that is made from now on finds it, one that was made before is in the list.
  await platform.system.setPaused(how === null ? null : { how, since: platform.clock.now() });
  await forEachTenant(platform, async (tenant) => {
    for (const payer of how === null ? PAUSES : [how])
      await platform.guard.change(tenant, { order: "pause", payer, isPaused: how !== null });
    if (how === null) tryHeldBack(platform, tenant);
  });
  noteAudit(platform, call, {
    action: how === null ? "system.resume" : "system.pause",
    target: "all",
    body: { let_end: how === "letting_end" },
  });
  return { body: await toBody(platform) };
}

async function toBody(platform: Platform) {
  const pause = await platform.system.paused();
  let [tenants, running] = [0, 0];
  await forEachTenant(platform, async (tenant) => {
    const open = await platform.runners.listOpen(tenant);
    tenants += 1;
    // Those that wait hold nothing in memory: they wait through anything.
    running += open.filter(({ status }) => status === "running" || status === "queued").length;
  });
  const since = pause === null ? null : toIso(pause.since);
  return { paused: pause !== null, let_end: pause?.how === "letting_end", since, tenants, running };
}

async function forEachTenant(platform: Platform, work: (tenant: TenantId) => Promise<void>): Promise<void> {
  for (let after = ""; ; ) {
    const tenants = await platform.system.listTenants(after, AT_ONCE);
    await Promise.all(tenants.map(work));
    const last = tenants.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

/** A tenant that was made while everything is paused is paused too; looked at again, because it may be taken back meanwhile. */
export async function pauseNewTenant(platform: Platform, tenant: TenantId): Promise<void> {
  const pause = await platform.system.paused();
  if (pause === null) return;
  await platform.guard.change(tenant, { order: "pause", payer: pause.how, isPaused: true });
  if ((await platform.system.paused()) !== null) return;
  await platform.guard.change(tenant, { order: "pause", payer: pause.how, isPaused: false });
}
