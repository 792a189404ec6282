// docs/skill.schema.json: what an editor needs to complete and check a skill file.
import { skillJsonSchema } from "../../src/kernel/language/skill-file-schema.ts";
import { STEP_KINDS } from "../../src/steps/index.ts";
import type { GeneratedFile } from "./write.ts";

export function toSkillSchema(): GeneratedFile {
  return {
    path: "docs/skill.schema.json",
    text: `${JSON.stringify(skillJsonSchema(STEP_KINDS), null, 2)}\n`,
  };
}
