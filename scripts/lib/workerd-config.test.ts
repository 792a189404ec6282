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

it("serves another key, another state directory and another port, and keeps none of them", () => {
  const [first, second] = [load("mornings", 4001), load("evenings", 4002)];
  expect(first.bytes.includes("key-mornings")).toBe(true);
  expect(second.bytes.includes("key-evenings")).toBe(true);
  expect(second.args.filter((argument) => argument.endsWith(":4002"))).toHaveLength(1);
  expect(
    second.args.filter((argument) => argument.includes(join(bundle, "evenings"))).length,
  ).toBeGreaterThan(0);
  const kept = readdirSync(bundle).filter((name) => name.startsWith("workerd-"));
  expect(kept.filter((name) => name.endsWith(".bin"))).toHaveLength(1);
  for (const name of kept) {
    const text = readFileSync(join(bundle, name), "latin1");
    expect(text).not.toMatch(/mornings|evenings|:400[12]/);
  }
});
