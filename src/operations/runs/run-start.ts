// The two ways to start a run: by a sentence, or by a skill's name.
import { defineOperation } from "../operation.ts";
import { storeAttachments } from "./attachments.ts";
import { toAttacher } from "./named-files.ts";
import type { Call, Reply } from "../operation.ts";
import type { Asked } from "./run-request.ts";
import { RunBody, SkillRunBody, toRunRequest } from "./run-request.ts";
import { toReply } from "./runner-reply.ts";
import { startRun } from "./start-run.ts";
import { parseSkillId } from "../../kernel/domain/id.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { loadSeen } from "../skills/seen.ts";

export const runStart = defineOperation({
  name: "run-start",
  summary:
    "Finds the skill a sentence means (or takes the one named), plans it, and runs it when that is safe or asked for.",
  permission: "run",
  http: "POST /run",
  keyIsRuns: true,
  input: RunBody,
  largeBody: true,
  async run(platform, call) {
    const { skill, execute, mode, tag, ...body } = call.input;
    const tags = tag === undefined ? [] : [tag].flat();
    const target = { skill: skill ?? null, execute: execute ?? null, mode: mode ?? "single", tags };
    return startWithFiles(platform, call, { body, target });
  },
});

export const skillRun = defineOperation({
  name: "skill-run",
  summary: "Runs one skill. Always executes, unless dry_run is set.",
  permission: "run",
  http: "POST /skills/{domain}/{name}/run",
  keyIsRuns: true,
  input: SkillRunBody,
  largeBody: true,
  async run(platform, call) {
    const { domain, name, execute, ...body } = call.input;
    const skill = parseSkillId(`${domain}/${name}`);
    if (skill === null) {
      const { skills } = await loadSeen(platform, call.principal);
      return { refusal: toUnknownSkill(`${domain}/${name}`, skills.keys()) };
    }
    const target = { skill, execute: execute ?? true, mode: "single", tags: [] } as const;
    return startWithFiles(platform, call, { body, target });
  },
});

async function startWithFiles(
  platform: Platform,
  call: Call<unknown>,
  { body, target }: Omit<Asked, "files">,
): Promise<Reply> {
  const stored = await storeAttachments(platform, toAttacher(call.principal), body.attachments ?? []);
  if ("refusal" in stored) return stored;
  const request = toRunRequest(platform, call, { body, target, files: stored.references });
  const outcome = await startRun(platform, request);
  if (outcome.reply === "open") return { body: outcome.body, events: outcome.events };
  const facts = "facts" in outcome ? { facts: outcome.facts } : {};
  return withKeyAsSent({ ...toReply(outcome), ...facts }, call.idempotencyKey);
}

/** A run knows a hash of the key; the caller knows what he sent. */
function withKeyAsSent(reply: Reply, key: string | null): Reply {
  if (!("refusal" in reply) || reply.refusal.reason !== "idempotency_mismatch" || key === null) return reply;
  return { ...reply, refusal: { ...reply.refusal, key } };
}
