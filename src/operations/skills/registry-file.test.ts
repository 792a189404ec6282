import { expect, it } from "vitest";
import { findMisplaced } from "./registry-file.ts";

it.each([
  "policies/a/b.yaml",
  "policies/Mine.json",
  "vat.yaml",
  "shop/мой ндс.yaml",
  "shop/Vat.yaml",
  "a/b/c.yaml",
  "shop.phrases.yml",
])("%s is told of", (path) => {
  expect(findMisplaced(path)).toMatchObject({ at: { file: path }, rule: "path" });
});

it.each([
  "shop/vat.yaml",
  "shop/vat.test.yaml",
  "connectors/shop.yml",
  "policies/permission_policies.json",
  "secrets.yaml",
  "README.md",
])("%s is where it belongs", (path) => {
  expect(findMisplaced(path)).toBeNull();
});
