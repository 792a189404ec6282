import { expect, it } from "vitest";
import type { Secrets } from "../kernel/ports/secrets.ts";
import { TenantSecrets } from "./tenant-secrets.ts";

const toSecrets = (values: Readonly<Record<string, string>>): Secrets => {
  const list = Object.values(values);
  return { load: async (_, key) => values[key] ?? null, known: async () => list };
};

it("gives what the tenant set before what the operator gives, and knows both", async () => {
  const secrets = new TenantSecrets(toSecrets({ A: "own-a" }), toSecrets({ A: "given-a", B: "given-b" }));
  expect(await secrets.load("ten_a", "A")).toBe("own-a");
  expect(await secrets.load("ten_a", "B")).toBe("given-b");
  expect(await secrets.load("ten_a", "C")).toBeNull();
  const known = await secrets.known("ten_a");
  expect(known).toEqual(["own-a", "given-a", "given-b"]);
  expect(await secrets.known("ten_a")).toBe(known);
});
