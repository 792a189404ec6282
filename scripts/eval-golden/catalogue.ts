// The skills of a folder as a catalogue that can be asked: parsed and indexed as the registry does it, without a server.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SkillId } from "../../src/kernel/domain/id.ts";
import type { Skill } from "../../src/kernel/domain/skill.ts";
import { parseSkillFile } from "../../src/kernel/language/skill-file.ts";
import { buildIndex } from "../../src/kernel/routing/build-index.ts";
import { toRoutingDocuments } from "../../src/kernel/routing/document.ts";
import type { RoutingIndex } from "../../src/kernel/routing/index-type.ts";
import { weigh } from "../../src/kernel/routing/said.ts";
import { findPlace } from "../../src/operations/skills/registry-file.ts";
import { STEP_KINDS } from "../../src/steps/index.ts";
import { listFiles } from "../lib/list-files.mjs";
import { loadWordTable } from "../lib/word-table.ts";

export interface LocalCatalogue {
  readonly skills: ReadonlyMap<SkillId, Skill>;
  readonly index: RoutingIndex;
}

export function loadCatalogue(folder: string): LocalCatalogue {
  const skills = listFiles(folder)
    .filter((path) => findPlace(path)?.kind === "skill")
    .map((path) => loadSkill(folder, path));
  const documents = toRoutingDocuments(skills, weigh([]));
  return {
    skills: new Map(skills.map((skill) => [skill.id, skill])),
    index: buildIndex(documents, { table: loadWordTable() }),
  };
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
