// The policy files of a skills folder, read and tried by their own examples as the server does it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toPlain } from "../../../kernel/domain/text.ts";
import { toDefaults } from "../../../kernel/policy/default-policies.ts";
import { parsePolicyFile } from "../../../kernel/policy/policy-file.ts";
import { findPlace } from "../../../operations/skills/registry-file.ts";
import type { Shell } from "../shell.ts";
import { toShownPath } from "./shown-path.ts";

export function testPolicyFiles({ place, local, locale }: Shell) {
  const paths = local.listFiles(place.skillsDir).filter((path) => findPlace(path)?.kind === "policy");
  return paths.map((path) => {
    const file = toShownPath(join(place.skillsDir, path), place.cwd);
    const parsed = parsePolicyFile(path, readFileSync(join(place.skillsDir, path), "utf8"), toDefaults());
    if ("policy" in parsed) return { file, passed: parsed.policy.examples.length, problems: [] };
    const problems = parsed.mistakes.map(({ at, message, mend }) => ({
      place: `${file}:${at.line}:${at.column}`,
      message: toPlain(message, locale),
      fix: toPlain(mend, locale),
    }));
    return { file, passed: 0, problems };
  });
}
