import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { aLocal } from "../local-builder.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { Complaint } from "../shell.ts";
import { route } from "./asking.ts";

const skillsDir = mkdtempSync(join(tmpdir(), "skillos-steps-"));

const save = (body: Json, name = "travel/both") => ask(body, { save: name });

function ask(
  body: Json,
  options: Readonly<Record<string, string | boolean>>,
): { readonly done: Promise<number>; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const shell: Shell = {
    call: async () => ({ status: 200, body, text: "", location: null, date: null }),
    screen: {
      ...{ paint: plain, width: null, warn: () => undefined, during: (_, work) => work },
      show: (more) => lines.push(...more),
    },
    asker: null,
    isJson: false,
    place: { root: ".", stateDir: ".", skillsDir, cwd: skillsDir, environment: {} },
    local: aLocal(),
    locale: "en",
  };
  const given = { words: ["find flights, then a hotel"], options };
  return { done: route.run(given, shell), lines };
}

it("saves several requests in a row as one skill, and changes no file that is there", async () => {
  const body = { steps: [{ text: "find flights" }], pipeline: { skill: "travel/x", yaml: "steps: []\n" } };
  const { done, lines } = save(body);
  expect(await done).toBe(0);
  expect(lines).toEqual(["✓ travel/both.yaml", "Run it: npx skillos run-skill travel/both"]);
  expect(readFileSync(join(skillsDir, "travel/both.yaml"), "utf8")).toBe("steps: []\n");
  await expect(save(body).done).rejects.toBeInstanceOf(Complaint);
});

it("explains whether embeddings count", async () => {
  const embeddings = { model: "mock/characters", texts: 12, weight: 0 };
  const { done, lines } = ask({ decision: "match", candidates: [], embeddings }, { explain: true });
  expect(await done).toBe(0);
  expect(lines).toContain("Embeddings: mock/characters · 12 texts · weight 0");
});

it("has nothing to save of one request", async () => {
  const { done } = save({ candidates: [] }, "travel/one");
  await expect(done).rejects.toBeInstanceOf(Complaint);
});
