import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listFiles, listTables } from "../../../../scripts/lib/list-files.mjs";
import type { Json } from "../json.ts";
import { aLocal } from "../local-builder.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { test as runCases, validate } from "./skills.ts";

function toShell(bodies: Readonly<Record<string, Json>>, lines: string[]): Shell {
  return {
    call: async (route) => {
      const body = bodies[route] ?? {};
      return { status: 200, body, text: JSON.stringify(body), location: null, date: null };
    },
    screen: {
      paint: plain,
      width: null,
      show: (more) => lines.push(...more),
      warn: () => undefined,
      during: (_, work) => work,
    },
    asker: null,
    isJson: false,
    place: { root: ".", stateDir: ".", skillsDir: "skills", cwd: ".", environment: {} },
    local: aLocal({ listFiles, listTables }),
    locale: "en",
  };
}

it("a skill without tests fails nothing, and says where its tests would stand", async () => {
  const lines: string[] = [];
  const bodies = {
    "GET /skills": { skills: [{ id: "shop/orders" }, { id: "shop/vat" }] },
    "POST /skills/shop/orders/test": { cases: [] },
    "POST /skills/shop/vat/test": { cases: [{ name: "one", passed: true, problems: [] }] },
  };
  expect(await runCases.run({ words: [], options: {} }, toShell(bodies, lines))).toBe(0);
  expect(lines).toEqual([
    "! shop/orders  no tests: there is no skills/shop/orders.test.yaml",
    "✓ shop/vat  1 passed, 0 failed",
    "1 passed, 0 failed",
    "A test file holds cases, for example:",
    "  cases:",
    "    - name: NAME",
    "      input: { INPUT: VALUE }",
    "      expect: { status: succeeded, result: { OUTPUT: VALUE } }",
  ]);
});

it("says where a connector is named that is not there, with a server and without", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skillos-skills-"));
  mkdirSync(join(folder, "shop"));
  mkdirSync(join(folder, "connectors"));
  writeFileSync(join(folder, "connectors", "shop.yaml"), "type: http\nbase_url: https://shop.example\n");
  writeFileSync(
    join(folder, "shop", "orders.yaml"),
    "description: x\nsteps:\n  - id: list\n    http: { get: /orders, connector: shp }\n",
  );
  const finding = { skill: "shop/orders", rule: "unknown_connector", severity: "error", names: "shp" };
  const bodies = { "POST /validate": { findings: [{ ...finding, message: "uses the connector shp" }] } };
  const check = async (options: Record<string, boolean>) => {
    const lines: string[] = [];
    const shell = toShell(bodies, lines);
    const place = { ...shell.place, cwd: folder, skillsDir: folder };
    return { exitCode: await validate.run({ words: [], options }, { ...shell, place }), lines };
  };
  expect(await check({ checkEntrypoints: true })).toEqual({
    exitCode: 1,
    lines: ["✗ shop/orders.yaml:4:38  shop/orders uses the connector shp", "1 mistake"],
  });
  expect(await check({})).toEqual({
    exitCode: 0,
    lines: [
      "shop/orders.yaml:4:38  There is no file connectors/shp.yaml for the connector shp.",
      "  Did you mean shop? Made over HTTP? npx skillos validate --check-entrypoints",
      "✓ 1 skill valid",
    ],
  });
});
