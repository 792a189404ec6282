// The body of a run request, and what it becomes. Shared by every operation and trigger that starts a run.
import { z } from "zod";
import { sha256 } from "../kernel/domain/hash.ts";
import type { SkillId } from "../kernel/domain/id.ts";
import { parseSkillId } from "../kernel/domain/id.ts";
import type { RunRequest } from "../kernel/domain/request.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import type { Call } from "./operation.ts";

export const MAX_QUERY_CHARACTERS = 20_000;

const SkillName = z.string().transform((text, context): SkillId => {
  const id = parseSkillId(text);
  if (id !== null) return id;
  context.addIssue({ code: "custom", message: `"${text}" is not a skill id: write domain/name` });
  return z.NEVER;
});

const shared = {
  input: z.record(z.string(), z.unknown()).optional(),
  locale: z.enum(["ru", "en"]).optional(),
  async: z.boolean().optional(),
  dry_run: z.boolean().optional(),
  approval: z.literal("approved").optional(),
  approval_token: z.string().optional(),
  plan_hash: z.string().optional(),
  exclude: z.array(z.string()).optional(),
  practice: z.boolean().optional(),
  allow_stale: z.boolean().optional(),
  record: z.boolean().optional(),
  debug: z.boolean().optional(),
  max_retries: z.number().int().min(0).max(20).optional(),
};

export const RunBody = z.strictObject({
  ...shared,
  query: z.string().max(MAX_QUERY_CHARACTERS, `A request may have ${MAX_QUERY_CHARACTERS} characters; put long text into "input" or a file.`).optional(),
  skill: SkillName.optional(),
  mode: z.enum(["single", "pipeline", "parallel"]).optional(),
  execute: z.boolean().optional(),
  tag: z.union([z.string(), z.array(z.string())]).optional(),
});

export const SkillRunBody = z.strictObject({
  ...shared,
  domain: z.string(),
  name: z.string(),
  query: z.string().max(MAX_QUERY_CHARACTERS).optional(),
  execute: z.boolean().optional(),
});

type Shared = Omit<z.infer<typeof SkillRunBody>, "domain" | "name">;

export interface RunTarget {
  readonly skill: SkillId | null;
  readonly execute: boolean | null;
  readonly mode?: RunRequest["mode"];
  readonly tags?: readonly string[];
}

export function toRunRequest(platform: Platform, call: Call<unknown>, body: Shared, target: RunTarget): RunRequest {
  return {
    requestId: call.requestId,
    principal: call.principal,
    channel: call.channel,
    query: body.query ?? null,
    skill: target.skill,
    input: body.input ?? {},
    locale: body.locale ?? (body.query === undefined ? call.locale : null),
    mode: target.mode ?? "single",
    execute: target.execute,
    dryRun: body.dry_run ?? false,
    isAsync: body.async ?? false,
    tags: target.tags ?? [],
    approval: body.approval ?? null,
    approvalToken: body.approval_token ?? null,
    agreedHash: body.plan_hash ?? null,
    excluded: body.exclude ?? [],
    data: body.practice === true ? "practice" : "live",
    allowStale: body.allow_stale ?? false,
    record: body.record ?? false,
    debug: body.debug ?? false,
    idempotency: call.idempotencyKey === null ? null : toKey(platform, call, call.idempotencyKey),
    waitMs: call.waitMs,
    maxRetries: body.max_retries ?? 0,
    rehearsal: null,
  };
}

/** Keys belong to a user: two users may choose the same one. */
function toKey(platform: Platform, call: Call<unknown>, key: string): RunRequest["idempotency"] {
  return {
    key: sha256(`${call.principal.user}\n${key}`),
    bodyHash: sha256(call.bodyText),
    ttlMs: platform.limits.idempotencyTtlMs,
  };
}
