import { describe, expect, it } from "vitest";
import { parseSkillFile } from "../kernel/language/skill-file.ts";
import { STEP_KINDS } from "./index.ts";

function parse(branch: string) {
  const text = `description: x\nsteps:\n  - id: all\n    parallel:\n      ${branch}: [{ id: s, set: {} }]\n`;
  return parseSkillFile({ path: "skills/test/wide.yaml", text, phrases: undefined, kinds: STEP_KINDS });
}

describe("the name of a branch", () => {
  it.each(["a", "ms_2", "_x"])("%s is one", (name) => {
    expect(parse(name)).toHaveProperty("skill");
  });

  // A branch `a/b` with a step `c` would be the same place, and send under the same key, as `a` with a step `b` that holds `c`.
  it.each(["a/b", '"a:1"', '""', "2nd", "два", "a-b"])("%s is none, and the mend is said", (name) => {
    expect(parse(name)).toMatchObject({
      mistakes: [{ at: { line: 5 }, rule: "wrong_name", mend: { en: "Use Latin letters, digits and _." } }],
    });
  });
});
