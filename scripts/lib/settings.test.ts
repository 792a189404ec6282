import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as forms from "../../src/kernel/door/secret-forms.ts";
import { findShortSecrets, SHORTEST_SECRET } from "./settings.mjs";

it("names the secrets of this computer's file that are too short to be masked", () => {
  const root = mkdtempSync(join(tmpdir(), "skillos-settings-"));
  try {
    mkdirSync(join(root, "skills", "secrets"), { recursive: true });
    const text = "SKILLOS_PIN=q7Z9x\nSKILLOS_EMPTY=\nSKILLOS_SHOP_KEY=q7Z9xx\n";
    writeFileSync(join(root, "skills", "secrets", ".env"), text);
    expect(findShortSecrets(root, {})).toEqual(["SKILLOS_PIN"]);
    expect(SHORTEST_SECRET).toBe(forms.SHORTEST_SECRET);
  } finally {
    rmSync(root, { recursive: true });
  }
});
