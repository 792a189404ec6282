// Skills and connectors as resources: listed, read, written. Every change is a new immutable version.
import { z } from "zod";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { BrokenSeal } from "../../kernel/domain/seal-broken.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import { reaches } from "../../kernel/domain/skill-glob.ts";
import { toPlain } from "../../kernel/domain/text.ts";
import type { Locale } from "../../kernel/domain/text.ts";
import { toJsonSchema } from "../../kernel/language/parameters/to-json-schema.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteBrokenRows } from "../records/broken-seals.ts";
import type { Call, Reply } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { applyFiles, noteFiles } from "./registry-files.ts";
import { loadSeen } from "./seen.ts";

const Place = z.strictObject({ domain: z.string(), name: z.string() });

export const skillList = defineOperation({
  name: "skill-list",
  summary: "The skills of the tenant.",
  permission: "read",
  http: "GET /skills",
  input: z.object({ tag: z.string().optional() }),
  async run(platform, call) {
    const catalogue = await loadSeen(platform, call.principal);
    const { tag } = call.input;
    const skills = [...catalogue.skills.values()].filter(
      (skill) => tag === undefined || skill.tags.includes(tag),
    );
    const shown = skills.map((skill) => toSummary(skill, call.locale));
    const { broken } = await platform.catalogue.loadIndex(catalogue.tenant.id, catalogue.version);
    const rows = broken.map((one) => ({ broken: one }));
    return {
      body: { version: catalogue.version, skills: shown, ...toLeftOut(broken) },
      ...noteBrokenRows(platform, call, { target: "skill-list", rows }),
    };
  },
});

/** What routing does without. */
function toLeftOut(broken: readonly BrokenSeal[]) {
  return broken.length === 0
    ? {}
    : { sealed: "broken", broken: broken.map(({ column, row }) => ({ column, row })) };
}

export const skillGet = defineOperation({
  name: "skill-get",
  summary: "One skill: what it asks, what it does, as written.",
  permission: "read",
  http: "GET /skills/{domain}/{name}",
  input: Place,
  async run(platform, call) {
    const id = parseSkillId(`${call.input.domain}/${call.input.name}`);
    const catalogue = await loadSeen(platform, call.principal);
    const skill = id === null ? undefined : catalogue.skills.get(id);
    if (!skill)
      return {
        refusal: toUnknownSkill(`${call.input.domain}/${call.input.name}`, catalogue.skills.keys()),
      };
    const source = await platform.registry.loadSource(call.principal.tenant, "skill", skill.id);
    const input = skill.input.map((field) => ({
      ...field,
      ask: toPlain(field.ask, call.locale),
      schema: toJsonSchema(field),
    }));
    return {
      body: {
        ...toSummary(skill, call.locale),
        input,
        phrases: skill.phrases,
        steps: skill.steps,
        output: skill.output,
        source,
      },
    };
  },
});

function toSummary(skill: Skill, locale: Locale) {
  const { id, version, tags, deprecated } = skill;
  return {
    id,
    version,
    description: toPlain(skill.description, locale),
    tags,
    ...(deprecated ? { deprecated } : {}),
  };
}

export const skillPut = defineOperation({
  name: "skill-put",
  summary: "Makes a version of a skill from YAML and lets it serve.",
  permission: "build",
  http: "PUT /skills/{domain}/{name}",
  audited: "registry.put",
  input: Place,
  rawBody: true,
  async run(platform, call) {
    const id = parseSkillId(`${call.input.domain}/${call.input.name}`);
    if (id === null) {
      const written = `${call.input.domain}/${call.input.name}`;
      return {
        refusal: {
          reason: "bad_request",
          message: {
            en: `"${written}" cannot be the id of a skill.`,
            ru: `«${written}» не может быть именем навыка.`,
          },
          mend: {
            en: "Use small Latin letters, digits, - and _: domain/name.",
            ru: "Строчные латинские буквы, цифры, - и _: область/имя.",
          },
          field: "name",
        },
      };
    }
    if (!reaches(call.principal, id)) {
      const rule = "this key does not reach the skill";
      return {
        refusal: { reason: "forbidden", action: "call skill-put", rule, role: call.principal.role },
      };
    }
    const put = await putFile(platform, call, `${id}.yaml`);
    if (put) return put;
    const skill = (await platform.loadFresh(call.principal.tenant)).skills.get(id);
    return { body: { id, version: skill?.version, hash: skill?.hash } };
  },
});

export const connectorPut = defineOperation({
  name: "connector-put",
  summary: "Makes a version of a connector from YAML or JSON.",
  permission: "admin",
  http: "PUT /connectors/{name}",
  audited: "registry.put",
  input: z.strictObject({ name: z.string() }),
  rawBody: true,
  async run(platform, call) {
    const put = await putFile(platform, call, `connectors/${call.input.name}.yaml`);
    if (put) return put;
    const found = (await platform.loadFresh(call.principal.tenant)).connectors.get(call.input.name);
    return { body: { name: call.input.name, hash: found?.hash } };
  },
});

/** JSON is YAML too. Null: it serves now. */
export async function putFile(platform: Platform, call: Call<unknown>, path: string): Promise<Reply | null> {
  const { tenant, user } = call.principal;
  const files = [{ path, text: call.bodyText }];
  const applied = await applyFiles(platform, tenant, { files, complete: false, origin: "http", by: user });
  await noteFiles(platform, call, { target: path, applied });
  const { problems } = applied;
  return problems.length === 0 ? null : { refusal: { reason: "skill_invalid", mistakes: problems } };
}
