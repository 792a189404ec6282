// The skills that SkillOS brings are read in Russian too: whatever their tables and lists name has a Russian name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles } from "../../scripts/lib/list-files.mjs";
import type { Skill } from "../../src/kernel/domain/skill.ts";
import { parseSkillFile } from "../../src/kernel/language/skill-file.ts";
import { STEP_KINDS } from "../../src/steps/index.ts";
import { root } from "./sources.ts";

const skillsDir = join(root, "skills");

function loadSkills(): readonly Skill[] {
  return listFiles(skillsDir)
    .filter((path) => /^(?!connectors|fixtures)[a-z]+\/[a-z_]+\.yaml$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(join(skillsDir, path), "utf8");
      const parsed = parseSkillFile({ path, text, phrases: undefined, kinds: STEP_KINDS });
      return "skill" in parsed ? [parsed.skill] : [];
    });
}

/** Inputs, outputs, and the columns of lists that are made in `output`. */
function toNamed(skill: Skill): readonly string[] {
  const columns = JSON.stringify(skill.output).matchAll(/'([a-z_]+)':/g);
  return [
    ...skill.input.map(({ name }) => name),
    ...Object.keys(skill.output),
    ...[...columns].map(([, key = ""]) => key),
  ];
}

describe("the names of a skill's values", () => {
  const skills = loadSkills();

  it("are looked at in every skill", () => {
    expect(skills.length).toBeGreaterThan(15);
  });

  it.each(skills.map((skill) => [skill.id, skill] as const))(
    "%s has all of them in Russian",
    (_id, skill) => {
      const known = skill.names?.ru ?? {};
      expect(toNamed(skill).filter((name) => !/[а-яё]/i.test(known[name] ?? ""))).toEqual([]);
    },
  );
});
