import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { test as runCases } from "./skills.ts";

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
    local: { isModern: () => true, parsePort: () => 8787, loadBroken: () => ({}) },
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
