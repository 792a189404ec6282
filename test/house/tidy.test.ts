// The habits hold everywhere, and each is shown to bite.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isProductCode, loadSources, root } from "./sources.ts";
import { findUntidy } from "./tidy.ts";

const files = loadSources(() => true);

describe("the tree", () => {
  it("is seen", () => {
    expect(files.length).toBeGreaterThan(300);
  });

  it("is tidy", () => {
    expect(findUntidy(files)).toEqual([]);
  });

  it("opens every file with what it decides", () => {
    const headless = files.filter(({ path, text }) => isProductCode(path) && !/^(\/\/|\/\*\*) /.test(text));
    expect(headless.map(({ path }) => path)).toEqual([]);
  });

  it("has one version", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = [...readFileSync(join(root, "wrangler.toml"), "utf8").matchAll(/^VERSION = "(.*)"$/gm)];
    expect(named.map(([, text]) => text)).toEqual([version, version]);
  });
});

describe("the check", () => {
  it.each([
    ["src/kernel/domain/date-utils.ts", ""],
    ["src/operations/run.ts", "export class RunManager {}"],
    ["src/operations/run.ts", "const helper = 1;"],
    ["src/operations/run.ts", "function answer(req: Request) {}"],
    ["src/operations/run.ts", "const { ctx } = platform;"],
    ["src/operations/run.ts", "// TODO later"],
    ["src/operations/run.ts", "// As DESIGN section 7 says."],
    ["src/operations/run.ts", `if (step.kind === "http") return;`],
    ["src/operations/run.ts", "switch (step.kind) {}"],
    ["src/kernel/execution/run.ts", `if (kind === "foreach") return;`],
    ["src/operations/run.ts", `const status = "canceled";`],
    ["src/operations/run.ts", "await import(`./${name}.ts`);"],
    ["package-lock.json", `"resolved": "https://registry.example.org/hono"`],
    [".npmrc", "registry=https://example.org/npm"],
    ["docs/steps.md", "open /home/anna/skillos"],
    ["src/steps/index.ts", `export { http } from "./http.ts";`],
    ["src/steps/index.ts", `export * from "./http.ts";`],
    ["src/kernel/guard/window.ts", "const now = new Date();"],
    ["src/kernel/guard/window.ts", "const now = Date.now();"],
    ["src/kernel/guard/window.ts", "const id = crypto.randomUUID();"],
  ])("finds the one in %s: %s", (path, text) => {
    expect(findUntidy([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ["src/steps/http.ts", `if (step.kind === "http") return;`],
    ["src/operations/run.ts", `const status = "cancelled"; const result = await import("./run-get.ts");`],
    ["src/operations/run.ts", `if (token.kind === "number") return;`],
    ["src/kernel/domain/zone.ts", "const date = new Date(ms);"],
    ["docs/http.md", "GET https://example.org/home/page and POST /registry/files"],
    [
      "src/operations/index.ts",
      `import { runGet } from "./run-get.ts";\nexport const OPERATIONS = [runGet];`,
    ],
  ])("lets %s be: %s", (path, text) => {
    expect(findUntidy([{ path, text }])).toEqual([]);
  });
});
