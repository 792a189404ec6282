// npm run tour as a newcomer runs it: seven acts, a run that is killed and finished once, nothing left behind.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
let temporary = "";
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "skillos-tour-test-"));
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

it("shows its seven acts, and a killed run that finished once", async () => {
  const { stdout } = await run(process.execPath, [join(root, "scripts", "tour.mjs")], {
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "", TMPDIR: temporary },
  });
  expect(stdout.match(/^\d\. \w+/gm)).toEqual([
    "1. Route",
    "2. Plan",
    "3. Refused",
    "4. Approved",
    "5. Killed",
    "6. Finished",
    "7. Explained",
  ]);
  expect(stdout).toContain("$0.05 is allowed per request");
  expect(stdout).toContain("Deleted 2 of 3");
  expect(stdout).toContain("finished once: 3 of 3 writes, each done exactly once");
  expect(readdirSync(temporary)).toEqual([]);
});
