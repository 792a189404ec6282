// The kill switch: nothing new starts, from the very next admission on.
import { z } from "zod";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import { tryHeldBack } from "./held-runs.ts";
import { type Call, defineOperation } from "../operation.ts";
import { findPayer } from "../money/payer-check.ts";
import { PayerScope } from "../money/payer-scope.ts";

const Switch = z.strictObject({ scope: PayerScope });

export const pause = defineOperation({
  name: "pause",
  summary: "Stops everything of the tenant, or of one user, skill or key, from the very next admission on.",
  permission: "admin",
  http: "POST /pause",
  audited: "pause",
  input: Switch,
  run: (platform, call) => turn(platform, call, true),
});

export const resume = defineOperation({
  name: "resume",
  summary: "Takes a pause back.",
  permission: "admin",
  http: "POST /resume",
  audited: "resume",
  input: Switch,
  run: (platform, call) => turn(platform, call, false),
});

async function turn(platform: Platform, call: Call<z.infer<typeof Switch>>, isPaused: boolean) {
  const { scope: named } = call.input;
  const { tenant } = call.principal;
  const found = await findPayer(platform, tenant, named);
  if ("refusal" in found) return found;
  const { payer } = found;
  const { paused } = await platform.guard.change(tenant, { order: "pause", payer, isPaused });
  if (!isPaused) tryHeldBack(platform, tenant);
  const body = named === payer ? {} : { named };
  noteAudit(platform, call, { action: isPaused ? "pause" : "resume", target: payer, body });
  return { body: { paused } };
}
