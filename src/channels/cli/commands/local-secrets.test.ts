import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listFiles, listTables } from "../../../../scripts/lib/list-files.mjs";
import { aLocal } from "../local-builder.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { secretsInit } from "./local-secrets.ts";

async function init(typed: string) {
  const root = mkdtempSync(join(tmpdir(), "skillos-secrets-"));
  mkdirSync(join(root, "connectors"));
  writeFileSync(join(root, "connectors", "shop.yaml"), 'headers: { x-key: "secret:SHOP_KEY" }\n');
  const lines: string[] = [];
  const shell: Shell = {
    call: () => Promise.reject(new Error("this test did not expect to ask the server")),
    screen: {
      paint: plain,
      width: null,
      show: (more) => lines.push(...more),
      warn: () => undefined,
      during: (_, work) => work,
    },
    asker: { ask: async () => "", askSecret: async () => typed },
    isJson: false,
    place: { root, stateDir: root, skillsDir: root, cwd: root, environment: {} },
    local: aLocal({ listFiles, listTables }),
    locale: "en",
  };
  const exitCode = await secretsInit.run({ words: [], options: { connector: "shop" } }, shell);
  return { exitCode, lines, example: join(root, ".env.example") };
}

it("says what else it changed, and when the key is seen", async () => {
  const { exitCode, lines, example } = await init("key-11");
  expect({ exitCode, lines }).toEqual({
    exitCode: 0,
    lines: [
      "Saved in secrets/.env, readable by you only. A running server sees it after its next start.",
      ".env.example now names SKILLOS_SHOP_KEY, without the value: commit it, so that others know of the key.",
    ],
  });
  expect(readFileSync(example, "utf8")).toBe("# SKILLOS_SHOP_KEY=\n");
});

it("keeps no key that is too short to be masked", async () => {
  await expect(init(" q7Z9x ")).rejects.toThrow("at least 6 characters");
});

it("changes nothing when no key is given", async () => {
  const { exitCode, example } = await init("");
  expect({ exitCode, isNamed: existsSync(example) }).toEqual({ exitCode: 3, isNamed: false });
});
