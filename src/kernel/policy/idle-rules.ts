// Rules that are for nothing: they name skills, and none of those is there. Worth a word, and no mistake: a skill may come later.
import type { FileMistake } from "../domain/refusal.ts";
import { findNearestName } from "../language/nearest-name.ts";
import { toMistake, toMistakeWords } from "../language/skill-file-mistake.ts";
import { compileGlob } from "./glob.ts";
import type { Policy } from "./policy.ts";

export function findIdleGlobs(
  { rules }: Pick<Policy, "rules">,
  skills: readonly string[],
): readonly FileMistake[] {
  return rules.flatMap(({ id, at, skills: globs }) =>
    (globs ?? [])
      .filter((glob) => !skills.some(compileGlob(glob)))
      .map((glob) => {
        const nearest = findNearestName(glob, skills);
        return toMistake(
          at,
          toMistakeWords(
            "unknown_skill",
            {
              en: `The rule ${id} names ${glob}, and no skill is called so.`,
              ru: `Правило ${id} называет ${glob}, а такого навыка нет.`,
            },
            nearest === null
              ? { en: "All of them: `skillos skills`.", ru: "Все навыки: `skillos skills`." }
              : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` },
          ),
        );
      }),
  );
}
