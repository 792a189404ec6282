import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { toMark, withMasterKey } from "./master-key.mjs";

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "skillos-master-"));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

it("makes 32 bytes once, in a file that is its owner's alone", () => {
  const { SKILLOS_MASTER_KEY: key = "" } = withMasterKey({ A: "b" }, stateDir);
  expect(Buffer.from(key, "base64")).toHaveLength(32);
  expect(withMasterKey({}, stateDir)).toEqual({ SKILLOS_MASTER_KEY: key });
  const file = join(stateDir, "master.key");
  expect(readFileSync(file, "utf8").trim()).toBe(key);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("takes the one that is given, and then keeps none", () => {
  expect(withMasterKey({ SKILLOS_MASTER_KEY: "mine" }, stateDir)).toEqual({ SKILLOS_MASTER_KEY: "mine" });
  expect(() => statSync(join(stateDir, "master.key"))).toThrow("no such file");
});

it("marks a key as the rows do (src/storage/vault/master-keys.test.ts)", () => {
  expect(toMark(Buffer.alloc(32, 7).toString("base64"))).toBe("2d713d9bbab2");
  expect(toMark("short")).toBeNull();
});
