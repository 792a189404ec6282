// The files of a skills folder, parsed as the server parses them: for `validate`, without a server.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileMistake } from "../../../kernel/domain/refusal.ts";
import { findMissingConnectors } from "./named-in-skill.ts";
import { findMisplaced, findPlace, parseRegistryFile } from "../../../operations/skills/registry-file.ts";
import { findIdleRules } from "../../../kernel/policy/idle-rules.ts";
import type { Policy } from "../../../kernel/policy/policy.ts";
import type { NewDocument } from "../../../kernel/ports/registry.ts";
import { STEP_KINDS } from "../../../steps/index.ts";
import type { Shell } from "../shell.ts";

export interface Checked {
  readonly skills: number;
  readonly mistakes: readonly FileMistake[];
  /** What no file here gives; a server may have it all the same. */
  readonly doubts: readonly FileMistake[];
}

function toPolicy({ kind, document }: NewDocument): readonly Policy[] {
  // parseRegistryFile makes it of a policy file.
  return kind === "policy" ? [document as Policy] : [];
}

export function checkSkillFiles({ place, local }: Pick<Shell, "place" | "local">): Checked {
  const directory = place.skillsDir;
  const all = local.listFiles(directory);
  const paths = all.filter((path) => findPlace(path) !== null);
  const load = (path: string): string => readFileSync(join(directory, path), "utf8");
  const skills: string[] = [];
  const doubts: FileMistake[] = [];
  const policies: Policy[] = [];
  const mistakes: FileMistake[] = all.flatMap((path) => findMisplaced(path) ?? []);
  for (const path of paths) {
    if (findPlace(path)?.kind === "phrases") continue;
    const phrasesPath = path.replace(/\.ya?ml$/, ".phrases.yaml");
    const phrases = paths.includes(phrasesPath) ? load(phrasesPath) : undefined;
    const parsed = parseRegistryFile({ path, text: load(path), phrases }, STEP_KINDS);
    if ("mistakes" in parsed) mistakes.push(...parsed.mistakes);
    else {
      doubts.push(...(parsed.doubts ?? []));
      policies.push(...parsed.documents.flatMap(toPolicy));
      if (parsed.documents.some(({ kind }) => kind === "skill")) skills.push(path);
    }
  }
  const connectors = paths.map(findPlace).flatMap((place) => (place?.kind === "connector" ? place.name : []));
  doubts.push(...skills.flatMap((path) => findMissingConnectors(path, load(path), connectors)));
  const ids = paths.map(findPlace).flatMap((place) => (place?.kind === "skill" ? place.name : []));
  doubts.push(...policies.flatMap((policy) => findIdleRules(policy, { skills: ids })));
  return { skills: skills.length, mistakes, doubts };
}
