import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseSkillFile } from "../../../kernel/language/skill-file.ts";
import { STEP_KINDS } from "../../../steps/index.ts";
import { findKeys, saveSecrets } from "../commands/local-secrets.ts";
import { parseSets } from "../run/wish.ts";
import { isSame, toGoldenRow, toJudged, toSummary } from "./golden.ts";
import { toScaffold } from "./scaffold.ts";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "skillos-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("a new skill", () => {
  it("is valid as it stands", () => {
    const { skill, phrases } = toScaffold("count_boxes");
    expect(
      parseSkillFile({ path: "oysters/count_boxes.yaml", text: skill, phrases, kinds: STEP_KINDS }),
    ).toMatchObject({ skill: { id: "oysters/count_boxes" } });
  });
});

describe("secrets", () => {
  it("finds the keys that a connector names", () => {
    expect(
      findKeys({ headers: { a: "secret:ONE", b: "Bearer secret:TWO" }, query: { c: "secret:ONE" } }),
    ).toEqual(["ONE", "TWO"]);
  });

  it("keeps other lines, replaces its own, and is readable by one user only", () => {
    const file = join(aFolder(), "secrets", ".env");
    saveSecrets(
      file,
      new Map([
        ["SKILLOS_ONE", "1"],
        ["SKILLOS_TWO", "a b#'c"],
      ]),
    );
    saveSecrets(file, new Map([["SKILLOS_ONE", "new"]]));
    expect(parseEnv(readFileSync(file, "utf8"))).toEqual({ SKILLOS_ONE: "new", SKILLOS_TWO: "a b#'c" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("mends the mode of a file that others could read", () => {
    const file = join(aFolder(), ".env");
    writeFileSync(file, "# mine\n", { mode: 0o644 });
    saveSecrets(file, new Map([["SKILLOS_ONE", "1"]]));
    expect(readFileSync(file, "utf8")).toBe("# mine\nSKILLOS_ONE=1\n");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe("--set", () => {
  it("splits at the first =", () =>
    expect(parseSets(["a=b=c", "kg = 40"])).toEqual([
      ["a", "b=c"],
      ["kg", " 40"],
    ]));
  it("refuses what has no name", () => expect(() => parseSets(["=1"])).toThrow(/name/));
});

describe("a golden run", () => {
  const row = toGoldenRow({ query: "q", skill: "a/b", lang: "en", values: { kg: 40, place: "Kursk" } });
  const right = {
    row,
    candidates: [{ skill: "a/b", confidence: 0.9 }],
    isFound: true,
    latencyMs: 2,
    input: { kg: 40, place: "kursk" },
    read: ["kg", "place"],
  };
  const outside = {
    row: toGoldenRow({ query: "x", skill: null, lang: "ru" }),
    candidates: [{ skill: "a/b", confidence: 0.2 }],
    isFound: false,
    latencyMs: 4,
    input: null,
    read: [],
  };

  it("counts skills, refusals and values", () => {
    expect(toSummary([right, outside])).toMatchObject({
      requests: 2,
      top1: 100,
      top3: 100,
      no_skill_found: 100,
      brier: 0.025,
      values: { expected: 2, right: 2, percent: 100 },
      invented: 0,
      latency_ms: { p50: 4, p95: 4 },
      by_language: { en: { requests: 1 }, ru: { requests: 1 } },
    });
  });

  it("calls a value invented when nobody meant it", () => {
    expect(toSummary([{ ...right, read: ["kg", "place", "price"] }])["invented"]).toBe(1);
  });

  it("counts a first guess that was not believed among three, not as the first", () => {
    expect(toJudged([right, { ...right, isFound: false }])).toMatchObject({
      top1: 50,
      top3: 100,
      values: 100,
    });
  });

  it("compares lists and parts in order", () => {
    expect(isSame(["USD", "EUR"], ["USD", "EUR"])).toBe(true);
    expect(isSame({ from: "2026-11-01" }, { from: "2026-11-01", to: "2026-11-20" })).toBe(true);
    expect(isSame(40, "40")).toBe(false);
  });
});
