import { expect, it } from "vitest";
import { loadMasterKeys } from "./master-keys.ts";

it("marks a key as the start on this computer does (scripts/lib/master-key.test.ts)", async () => {
  const key = Buffer.alloc(32, 7).toString("base64");
  expect((await loadMasterKeys({ key, old: [] })).current.name).toBe("2d713d9bbab2");
});
