// Dependencies point inward. Each rule is shown to bite by a planted violation: a green check that sees nothing is
// worse than none.
import { describe, expect, it } from "vitest";
import { findLayerProblems } from "./layers.ts";
import { isProductCode, loadSources } from "./sources.ts";

const files = loadSources(isProductCode);

describe("the product", () => {
  it("is seen", () => {
    expect(files.length).toBeGreaterThan(150);
  });

  it("imports only what its layers may see", () => {
    expect(findLayerProblems(files)).toEqual([]);
  });
});

const STEPS = {
  path: "src/steps/index.ts",
  text: `import { a } from "./a.ts";\nimport { b } from "./b/b.ts";`,
};

describe("the check", () => {
  it.each([
    ["kernel -> storage", "src/kernel/door/door.ts", `import { D1Runs } from "../../storage/d1/runs.ts";`],
    [
      "kernel -> Cloudflare",
      "src/kernel/door/door.ts",
      `import { DurableObject } from "cloudflare:workers";`,
    ],
    [
      "domain -> the rest of the kernel",
      "src/kernel/domain/run.ts",
      `import type { Clock } from "../ports/clock.ts";`,
    ],
    ["stage -> stage", "src/kernel/stages/plan.ts", `import { decideRoute } from "./route.ts";`],
    ["step -> step", "src/steps/a.ts", `import { b } from "./b/b.ts";`],
    ["part of a step -> step", "src/steps/b/part.ts", `import { a } from "../a.ts";`],
    ["step -> provider", "src/steps/a.ts", `import { openai } from "../providers/openai.ts";`],
    ["storage -> storage", "src/storage/d1/runs.ts", `import { R2Files } from "../r2/files.ts";`],
    ["storage -> a vendor", "src/storage/r2/files.ts", `import { drizzle } from "drizzle-orm/d1";`],
    [
      "operation -> channel",
      "src/operations/runs/run-get.ts",
      `export { x } from "../../channels/http/app.ts";`,
    ],
    ["cli -> triggers", "src/channels/cli/main.ts", `import { cron } from "../../triggers/cron.ts";`],
    ["http -> Node", "src/channels/http/app.ts", `import { readFileSync } from "node:fs";`],
    ["channel -> compose", "src/channels/http/app.ts", `import { toGuard } from "../../compose/compose.ts";`],
    [
      "compose -> object",
      "src/compose/compose.ts",
      `import { Guard } from "../../durable-objects/guard.ts";`,
    ],
    [
      "object -> channel",
      "durable-objects/guard.ts",
      `import { REFUSALS } from "../src/channels/refusals.ts";`,
    ],
    ["a dynamic import", "src/kernel/door/door.ts", `const { x } = await import("../../steps/index.ts");`],
    ["a bare import", "src/kernel/door/door.ts", `import "../../steps/index.ts";`],
    ["an import over lines", "src/kernel/door/door.ts", `import {\n  a,\n  b,\n} from "hono";`],
    ["a folder without a layer", "src/extras/x.ts", ""],
  ])("finds %s", (_rule, path, text) => {
    expect(findLayerProblems([STEPS, { path, text }])).toHaveLength(1);
  });

  it.each([
    ["a comment", "src/kernel/door/door.ts", `// import { a } from "hono";\n/* import { b } from "jose"; */`],
    ["what steps share", "src/steps/a.ts", `import { both } from "./shared/both.ts";`],
    ["a step's own folder", "src/steps/b/b.ts", `import { part } from "./part.ts";`],
    [
      "an object's compose",
      "durable-objects/guard.ts",
      `import { toClock } from "../src/compose/compose.ts";`,
    ],
  ])("lets %s be", (_what, path, text) => {
    expect(findLayerProblems([STEPS, { path, text }])).toEqual([]);
  });
});
