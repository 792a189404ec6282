// The skills of a folder as a catalogue that can be asked: parsed and indexed as the registry does it, without a server.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SkillId } from "../../src/kernel/domain/id.ts";
import type { Skill } from "../../src/kernel/domain/skill.ts";
import { parseSkillFile } from "../../src/kernel/language/skill-file.ts";
import { buildIndex } from "../../src/kernel/routing/build-index.ts";
import type { RoutingIndex } from "../../src/kernel/routing/index-type.ts";
import { STEP_KINDS } from "../../src/steps/index.ts";

export interface LocalCatalogue {
  readonly skills: ReadonlyMap<SkillId, Skill>;
  readonly index: RoutingIndex;
}

/** Folders of `skills/` that hold no skills. */
const NO_DOMAINS = new Set(["connectors", "fixtures", "policies", "schedules"]);

export function loadCatalogue(folder: string): LocalCatalogue {
  const domains = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !NO_DOMAINS.has(entry.name),
  );
  const loaded = domains.flatMap(({ name }) =>
    readdirSync(join(folder, name))
      .filter((file) => /^[a-z0-9_]+\.yaml$/.test(file))
      .map((file) => loadSkill(folder, `${name}/${file}`)),
  );
  return { skills: new Map(loaded.map((skill) => [skill.id, skill])), index: toLocalIndex(loaded) };
}

function loadSkill(folder: string, path: string): Skill {
  const beside = join(folder, path.replace(/\.yaml$/, ".phrases.yaml"));
  const read = parseSkillFile({
    path,
    text: readFileSync(join(folder, path), "utf8"),
    phrases: existsSync(beside) ? readFileSync(beside, "utf8") : undefined,
    kinds: STEP_KINDS,
  });
  if ("skill" in read) return read.skill;
  throw new Error(`${path} does not validate`, { cause: read.mistakes });
}

function toLocalIndex(skills: readonly Skill[]): RoutingIndex {
  return buildIndex(
    skills.map(({ id, description, tags, phrases, input }) => ({
      id,
      description,
      tags,
      phrases,
      counter: phrases.not,
      inputNames: input.map(({ name }) => name),
    })),
  );
}
