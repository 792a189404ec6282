// The record of decisions and changes: how operations write it, and how it is read.
import { z } from "zod";
import { toIso } from "../kernel/domain/zone.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { Cursor, toCursor } from "./cursor.ts";
import type { Call } from "./operation.ts";
import { defineOperation } from "./operation.ts";

interface Note {
  /** `webhook.add`, `approval.approve` … */
  readonly action: string;
  readonly target: string;
  readonly outcome?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Before the answer: a change that was answered is on record. */
export async function noteAudit(
  platform: Platform,
  call: Call<unknown>,
  { action, target, outcome, body }: Note,
): Promise<void> {
  const entry = {
    id: `${call.requestId}:${action}`,
    at: platform.clock.now(),
    user: call.principal.user,
    action,
    target,
    outcome: outcome ?? "done",
    body,
  };
  await platform.audit.add(call.principal.tenant, [entry]);
}

export const auditList = defineOperation({
  name: "audit-list",
  summary: "Who decided and changed what, oldest first, after a cursor.",
  permission: "admin",
  http: "GET /audit",
  input: z.object({
    since: Cursor,
    action: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  async run(platform, call) {
    const { since, action, limit } = call.input;
    const found = await platform.audit.list(call.principal.tenant, {
      since,
      action: action ?? null,
      limit: limit + 1,
    });
    const shown = found.slice(0, limit);
    const entries = shown.map(({ id, at, user, action, target, outcome, body }) => ({
      id,
      at: toIso(at),
      user,
      action,
      target,
      outcome,
      body,
    }));
    return { body: { entries, next: toCursor(shown.at(-1)?.seq ?? since), more: found.length > limit } };
  },
});
