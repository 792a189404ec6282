import { expect, it } from "vitest";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { webhookList } from "./webhooks.ts";

it("lists what deliveries started nothing, and why", async () => {
  const lines: string[] = [];
  const hook = {
    id: "shop",
    skill: "a/b",
    scheme: "skillos",
    url: "/webhooks/ten_a/shop",
    secret: "its own",
  };
  const failed = { ...hook, failed: 2, last_problem: { detail: "Missing: kg." } };
  const body = { webhooks: [failed, { ...hook, id: "good", failed: 0 }] };
  const shell: Shell = {
    call: async () => ({ status: 200, body, text: JSON.stringify(body), location: null, date: null }),
    screen: {
      paint: plain,
      width: null,
      show: (more) => lines.push(...more),
      warn: () => undefined,
      during: (_, work) => work,
    },
    asker: null,
    isJson: false,
    place: { root: ".", stateDir: ".", skillsDir: ".", cwd: ".", environment: {} },
    local: {
      isModern: () => true,
      parsePort: () => 8787,
      loadBroken: () => ({}),
      loadOwner: async () => null,
      listFiles: () => [],
      listTables: () => [],
    },
    locale: "en",
  };
  await webhookList.run({ words: [], options: {} }, shell);
  expect(lines.slice(-2)).toEqual([
    "✗ shop: 2 deliveries of the last 24 hours started nothing. The latest:",
    "  Missing: kg.",
  ]);
});
