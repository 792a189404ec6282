import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unstable_getVarsForDev } from "wrangler";
import { saveEnvFile } from "./env-file.mjs";

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "skillos-env-"));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

/** What the Worker is given, as this wrangler reads the file. */
function toGiven(settings: Record<string, string>): Record<string, unknown> {
  const given = unstable_getVarsForDev(
    join(stateDir, "wrangler.toml"),
    [saveEnvFile(stateDir, settings)],
    {},
    undefined,
    true,
  );
  return Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
}

describe("settings for wrangler", () => {
  it.each([
    ["plain", "sk-1"],
    ["empty", ""],
    ["spaces", "  two  "],
    ["a comment", "a # b"],
    ["other variables", "$HOME ${HOME} ${X:-y} \\$Z $"],
    ["quotes", 'it\'s "two"'],
    ["lines", 'one\ntwo = "three"'],
    ["JSON", '{"a": "it\'s \\n"}'],
  ])("arrive as they are: %s", (_, value) => {
    const settings = { SKILLOS_BEFORE: "1", SKILLOS_X: value, SKILLOS_Y: "after" };
    expect(toGiven(settings)).toEqual(settings);
  });

  it("are refused by name where they would not", () => {
    for (const SKILLOS_X of ["'`\"", "C:\\"])
      expect(() => saveEnvFile(stateDir, { SKILLOS_X })).toThrow("SKILLOS_X");
  });

  it("are for this user alone, whatever was there before", () => {
    writeFileSync(join(stateDir, "dev.env"), "old", { mode: 0o644 });
    expect(statSync(saveEnvFile(stateDir, { SKILLOS_X: "1" })).mode & 0o777).toBe(0o600);
  });
});
