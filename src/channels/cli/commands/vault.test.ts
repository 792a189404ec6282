import { expect, it } from "vitest";
import { aLocal, aVaultLook } from "../local-builder.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { vaultRotate } from "./vault.ts";

/** The key in force is `b`, the file here holds `a`. */
async function rotate(environment: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  const noted: string[] = [];
  let left = 2;
  const shell: Shell = {
    call: async (route) => {
      const rewrapped = route.startsWith("POST") ? left : 0;
      left -= rewrapped;
      const body = { master: "b", rewrapped, left: 0 };
      return { status: 200, body, text: "", location: null, date: null };
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
    place: { root: ".", stateDir: "state", skillsDir: ".", cwd: ".", environment },
    local: aLocal({
      noteMark: (_, mark) => void noted.push(mark),
      lookAtVault: () => aVaultLook({ needed: noted.at(-1) ?? "a", file: "state/master.key" }),
    }),
    locale: "en",
  };
  const exitCode = await vaultRotate.run({ words: [], options: {} }, shell);
  return { exitCode, lines, noted };
}

it("says of this computer's key file that it holds the earlier key, and notes which one is in force", async () => {
  const { lines, noted } = await rotate({});
  expect(noted).toEqual(["b"]);
  expect(lines[0]).toBe("✓ 2 keys wrapped anew");
  expect(lines[1]).toContain("state/master.key is still the earlier key");
});

it("leaves this computer's files alone where another server's keys were wrapped", async () => {
  const { exitCode, lines, noted } = await rotate({ SKILLOS_URL: "https://skillos.example" });
  expect({ exitCode, lines, noted }).toEqual({ exitCode: 0, lines: ["✓ 2 keys wrapped anew"], noted: [] });
});
