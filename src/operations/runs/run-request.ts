// The body of a run request, and what it becomes. Shared by every operation and trigger that starts a run.
import { z } from "zod";
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { SkillId } from "../../kernel/domain/id.ts";
import { SkillIdShape } from "../../kernel/domain/id-shapes.ts";
import type { RunRequest } from "../../kernel/domain/request.ts";
import type { FileReference } from "../../kernel/ports/files.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { AttachmentBody } from "./attachments.ts";
import type { Call } from "../operation.ts";

export const MAX_QUERY_CHARACTERS = 20_000;

const shared = {
  input: z.record(z.string(), z.unknown()).optional(),
  locale: z.enum(["ru", "en"]).optional(),
  async: z.boolean().optional(),
  dry_run: z.boolean().optional(),
  approval: z.literal("approved").optional(),
  approval_token: z.string().optional(),
  plan_hash: z.string().optional(),
  /** The trial run whose plan that is: then a difference is told row by row. */
  plan_run: z.string().optional(),
  exclude: z.array(z.string()).optional(),
  practice: z.boolean().optional(),
  allow_stale: z.boolean().optional(),
  record: z.boolean().optional(),
  debug: z.boolean().optional(),
  max_retries: z.number().int().min(0).max(20).optional(),
  attachments: z.array(AttachmentBody).optional(),
};

export const RunBody = z.strictObject({
  ...shared,
  query: z
    .string()
    .max(
      MAX_QUERY_CHARACTERS,
      `A request may have ${MAX_QUERY_CHARACTERS} characters; put long text into "input" or a file.`,
    )
    .optional(),
  skill: SkillIdShape.optional(),
  mode: z.enum(["single", "pipeline", "parallel"]).optional(),
  execute: z.boolean().optional(),
  tag: z.union([z.string(), z.array(z.string())]).optional(),
  /** When the sentence is taken to be said: "tomorrow" is counted from there. For trial runs, which do nothing. */
  asked_at: z.iso.datetime({ offset: true }).optional(),
});

export const SkillRunBody = z.strictObject({
  ...shared,
  domain: z.string(),
  name: z.string(),
  query: z.string().max(MAX_QUERY_CHARACTERS).optional(),
  execute: z.boolean().optional(),
});

type Shared = Omit<z.infer<typeof SkillRunBody>, "domain" | "name"> & {
  readonly asked_at?: string | undefined;
};

export interface RunTarget {
  readonly skill: SkillId | null;
  readonly execute: boolean | null;
  readonly mode: RunRequest["mode"];
  readonly tags: readonly string[];
}

const Flags = z.object({
  async: z.boolean().default(false),
  dry_run: z.boolean().default(false),
  allow_stale: z.boolean().default(false),
  record: z.boolean().default(false),
  debug: z.boolean().default(false),
  practice: z.boolean().default(false),
  max_retries: z.number().default(0),
  exclude: z.array(z.string()).default([]),
});

export interface Asked {
  readonly files: readonly FileReference[];
  readonly body: Shared;
  readonly target: RunTarget;
}

export function toRunRequest(
  platform: Platform,
  call: Call<unknown>,
  { body, target, files }: Asked,
): RunRequest {
  const flags = Flags.parse(body);
  const {
    query = null,
    approval = null,
    approval_token: approvalToken = null,
    plan_hash: agreedHash = null,
    input = {},
  } = body;
  return {
    requestId: call.requestId,
    principal: call.principal,
    channel: call.channel,
    query,
    input,
    files,
    ...target,
    // The words of the request decide the language; without any, the caller's own.
    locale: body.locale ?? (query === null ? call.locale : null),
    dryRun: flags.dry_run,
    isAsync: flags.async,
    approval,
    approvalToken,
    agreedHash,
    agreedRun: body.plan_run,
    excluded: flags.exclude,
    data: flags.practice ? "practice" : "live",
    allowStale: flags.allow_stale,
    record: flags.record,
    debug: flags.debug,
    maxRetries: flags.max_retries,
    idempotency: call.idempotencyKey === null ? null : toKey(platform, call, call.idempotencyKey),
    waitMs: call.waitMs,
    rehearsal: null,
    ...(body.asked_at === undefined ? {} : { askedAt: Date.parse(body.asked_at) }),
  };
}

/** Keys belong to a user: two users may choose the same one. */
function toKey(platform: Platform, call: Call<unknown>, key: string): RunRequest["idempotency"] {
  return {
    key: sha256(`${call.principal.user}\n${key}`),
    bodyHash: toMeaning(call),
    ttlMs: platform.limits.idempotencyTtlMs,
  };
}

/**
 * Whatever changes what the request means: where it went, as whom, by a key that reaches how far, and with what. Another key of the
 * same user may see less: it is not told what a larger one was.
 */
export function toMeaning({ route, principal, bodyText, bodyBytes }: Call<unknown>): string {
  // Bytes that are no text would all read alike.
  const body = bodyBytes.length > 0 ? sha256(bodyBytes) : bodyText;
  const reach = toCanonicalJson([principal.scopes.toSorted(), principal.skills?.toSorted() ?? null]);
  return sha256(`${route}\n${principal.role}\n${reach}\n${body}`);
}
