// The configuration of the local runtime: made once for whatever it is that differs from start to start.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "./workerd-config.mjs";

const WORKER = `import { DurableObject } from "cloudflare:workers";
export class Guard extends DurableObject {}
export class Runner extends DurableObject {}
export class Store extends DurableObject {}
export default { fetch: () => new Response("") };`;

let bundle = "";
beforeAll(() => {
  bundle = mkdtempSync(join(tmpdir(), "skillos-config-"));
  writeFileSync(join(bundle, "worker.js"), WORKER);
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

/** @param name of eight letters: all that differs is as long */
const load = (name: string, port: number) =>
  loadConfig({
    bundle,
    stateDir: join(bundle, name),
    port,
    settings: { SKILLOS_KEY: `key-${name}` },
    secret: name.repeat(6),
  });

const listKept = (): string[] => readdirSync(bundle).filter((name) => name.startsWith("workerd-"));

it("serves another key, another state directory and another port, and keeps none of them", () => {
  const [first, second] = [load("mornings", 4001), load("evenings", 4002)];
  expect(first.bytes.includes("key-mornings")).toBe(true);
  expect(second.bytes.includes("key-evenings")).toBe(true);
  expect(second.args.filter((argument) => argument.endsWith(":4002"))).toHaveLength(1);
  expect(
    second.args.filter((argument) => argument.includes(join(bundle, "evenings"))).length,
  ).toBeGreaterThan(0);
  const kept = listKept();
  expect(kept.filter((name) => !name.endsWith(".json"))).toHaveLength(1);
  for (const name of kept) {
    const text = readFileSync(join(bundle, name), "latin1");
    expect(text).not.toMatch(/mornings|evenings|:400[12]/);
  }
});

it("makes another one when another setting is given, and neither is a part of the other", () => {
  const where = { bundle, stateDir: join(bundle, "noon"), port: 4003, secret: "x".repeat(48) };
  const plain = loadConfig({ ...where, settings: { SKILLOS_KEY: "key-at-noon!" } });
  const more = loadConfig({
    ...where,
    settings: { SKILLOS_KEY: "key-at-noon!", SKILLOS_MORE: "more-of-it" },
  });
  expect(more.bytes.includes("more-of-it")).toBe(true);
  expect(more.bytes.length - plain.bytes.length).toBeLessThan(1_000);
});
