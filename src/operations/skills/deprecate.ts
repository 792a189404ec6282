// Marks a skill as outdated. The mark stands beside the skill's file, so that no save and no reload takes it away.
import { z } from "zod";
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { SkillId } from "../../kernel/domain/id.ts";
import type { Skill, SkillMark } from "../../kernel/domain/skill.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import type { Call, Reply } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { loadSeen } from "./seen.ts";

const Place = { domain: z.string(), name: z.string() };

export const skillDeprecate = defineOperation({
  name: "skill-deprecate",
  summary: "Marks a skill as outdated; requests that mean it go to its replacement.",
  permission: "build",
  http: "POST /skills/{domain}/{name}/deprecate",
  audited: "skill.deprecate",
  input: z.strictObject({
    ...Place,
    reason: z.string().min(1).max(500),
    replacement_id: z.string().optional(),
  }),
  async run(platform, call) {
    const { reason, replacement_id } = call.input;
    const replacement = replacement_id === undefined ? null : parseSkillId(replacement_id);
    const catalogue = await loadSeen(platform, call.principal);
    if (replacement_id !== undefined && (replacement === null || !catalogue.skills.has(replacement))) {
      return { refusal: toUnknownSkill(replacement_id, catalogue.skills.keys()) };
    }
    const deprecated = { reason, ...(replacement === null ? {} : { replacement }) };
    return change(platform, call, async () => ({ deprecated }));
  },
});

export const skillUndeprecate = defineOperation({
  name: "skill-undeprecate",
  summary: "Takes the mark away.",
  permission: "build",
  http: "POST /skills/{domain}/{name}/undeprecate",
  audited: "skill.undeprecate",
  input: z.strictObject(Place),
  run: (platform, call) =>
    change(platform, call, async ({ hash }) => {
      const written = await platform.documents.loadSkill(call.principal.tenant, hash);
      // What the file says can only be overruled.
      return written?.deprecated === undefined ? null : { deprecated: null };
    }),
});

/** Null: there is to be no mark. */
type ToMark = (skill: Skill) => Promise<SkillMark | null>;

async function change(
  platform: Platform,
  call: Call<{ domain: string; name: string }>,
  toMark: ToMark,
): Promise<Reply> {
  const { input: place } = call;
  const { tenant } = call.principal;
  const id: SkillId | null = parseSkillId(`${place.domain}/${place.name}`);
  const { skills } = await loadSeen(platform, call.principal);
  const skill = id === null ? undefined : skills.get(id);
  if (!skill) return { refusal: toUnknownSkill(`${place.domain}/${place.name}`, skills.keys()) };
  const mark = await toMark(skill);
  const named = { kind: "mark", name: skill.id } as const;
  const hash = sha256(toCanonicalJson({ ...named, mark }));
  const version = await platform.registry.apply(tenant, {
    origin: "http",
    put: mark === null ? [] : [{ ...named, hash, document: mark, source: "" }],
    remove: mark === null ? [named] : [],
    now: platform.clock.now(),
    by: call.principal.user,
  });
  await platform.guard.noteRegistry(tenant, version, false);
  const action = mark?.deprecated ? "skill.deprecate" : "skill.undeprecate";
  noteAudit(platform, call, { action, target: skill.id, body: { version, ...mark?.deprecated } });
  return { body: { id: skill.id, deprecated: mark?.deprecated ?? null } };
}
