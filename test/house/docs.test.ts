// Documents cannot lie: they are generated from the code, or compared with it here.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toErrorPages } from "../../scripts/generate-docs/error-pages.ts";
import { toSkillSchema } from "../../scripts/generate-docs/skill-schema.ts";
import { toTelemetryFiles } from "../../scripts/generate-docs/telemetry.ts";
import { findOutdated } from "../../scripts/generate-docs/write.ts";
import { SETTING_ROWS } from "../../src/compose/setting-rows.ts";
import { Settings } from "../../src/compose/settings.ts";
import { listPaths, root } from "./sources.ts";

const paths = new Set(listPaths());
const told = SETTING_ROWS.map(({ name }) => name);

describe("generated documents", () => {
  it("are what the code says now (npm run docs)", () => {
    expect(findOutdated(root, [...toErrorPages(), ...toTelemetryFiles(), toSkillSchema()])).toEqual([]);
  });
});

describe("the table of settings", () => {
  it("tells each variable once", () => {
    expect(told).toEqual([...new Set(told)]);
  });

  it("tells what each does, or why it does nothing", () => {
    expect(
      SETTING_ROWS.filter(({ effect, ignoredBecause }) => (effect === "") === (ignoredBecause === undefined)),
    ).toEqual([]);
  });

  it("has every variable that the Worker reads", () => {
    expect(Object.keys(Settings.shape).filter((name) => !told.includes(name))).toEqual([]);
  });

  it("tells the default that is in force", () => {
    const fallbacks = new Map(SETTING_ROWS.map(({ name, fallback }) => [name, fallback]));
    const inForce = Settings.parse({});
    const asTold = Settings.parse(Object.fromEntries(fallbacks));
    // Unset, it also lets keys without a limit be; then the limit is the one that is told.
    expect({ ...asTold, SKILLOS_RATE_LIMIT_REQUESTS: null }).toEqual(inForce);
    const isNothing = (value: unknown) => value === null || String(value) === "";
    const untold = Object.entries(inForce).filter(
      ([name, value]) => !isNothing(value) && !fallbacks.get(name),
    );
    expect(untold).toEqual([]);
  });

  it("has every variable of .env.example", () => {
    const file = join(root, ".env.example");
    const named = existsSync(file)
      ? [...readFileSync(file, "utf8").matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)]
      : [];
    expect(named.map(([, name = ""]) => name).filter((name) => !told.includes(name))).toEqual([]);
  });

  it("has every variable that the launcher reads", () => {
    const read = [...paths]
      .filter((path) => /^scripts\/(lib\/)?[\w-]+\.mjs$/.test(path))
      .flatMap((path) => [...readFileSync(join(root, path), "utf8").matchAll(/\bSKILLOS_[A-Z_]+\b/g)])
      .map(([name]) => name);
    expect([...new Set(read)].filter((name) => name !== "SKILLOS_" && !told.includes(name))).toEqual([]);
  });
});

describe("links", () => {
  it("of documents lead somewhere", () => {
    const broken = [...paths]
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) => {
        const text = readFileSync(join(root, path), "utf8").replace(/```[\s\S]*?```|`[^`\n]*`/g, "");
        return [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)]
          .map(([, target = ""]) => target)
          .filter((target) => !existsSync(join(root, path, "..", decodeURI(target))))
          .map((target) => `${path}: ${target}`);
      });
    expect(broken).toEqual([]);
  });
});
