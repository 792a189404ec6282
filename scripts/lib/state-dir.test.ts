import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeOwnership } from "./owner.mjs";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "skillos-state-"));
});
afterEach(() => rmSync(home, { recursive: true }));

// Tables, runs and secrets of webhooks stand there in clear.
it.runIf(process.platform !== "win32").each([
  ["made", "new/state"],
  ["found open to all", "."],
])("a state directory that is %s is its owner's alone", async (_, folder) => {
  const stateDir = join(home, folder);
  chmodSync(home, 0o755);
  await takeOwnership(stateDir, { port: 0, headless: true });
  expect(statSync(stateDir).mode & 0o777).toBe(0o700);
});
