import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseFixtureFile } from "../../../kernel/language/fixture-file.ts";
import { aView } from "../show/view-builder.ts";
import { saveRecording, toRecordedLines } from "./recording.ts";

const folder = mkdtempSync(join(tmpdir(), "skillos-record-"));
afterAll(() => rmSync(folder, { recursive: true }));

const exchange = {
  request: { method: "GET", path: "/orders", query: { day: "1" } },
  response: { status: 200, headers: { "content-type": "application/json" }, body: '{"total": 3}' },
};
const answer = { run_id: "run_1", created_at: "2026-11-20T09:00:00Z", recording: [exchange] };

describe("what --record writes", () => {
  it("is a fixture file that can be put among the skills", async () => {
    const path = join(folder, "rec.yaml");
    await saveRecording(path, answer);
    expect(parseFixtureFile("fixtures/rec.yaml", readFileSync(path, "utf8"))).toMatchObject({
      fixture: { name: "rec", asOf: answer.created_at, exchanges: [exchange] },
    });
  });

  it("is nothing where no service answered", async () => {
    const path = join(folder, "none.yaml");
    await saveRecording(path, { ...answer, recording: [] });
    expect(existsSync(path)).toBe(false);
  });
});

describe("what is said of a recording", () => {
  const told = (more: object, via = "http") =>
    toRecordedLines(
      "rec.yaml",
      { plan: { effects: [{ class: "read", via }] }, data: "live", ...more },
      aView("en"),
    ).join();

  it("is where it went, or why there is none", () => {
    expect(told({ recording: [exchange] })).toBe("  Recorded to rec.yaml");
    expect(told({ recording: [], data: "practice" })).toContain("practice data stood in for the service");
    expect(told({ recording: [] })).toContain("no service answered");
    expect(told({ recording: [], data: "practice" }, "sql")).toContain("this run asks no service");
  });

  it("is nothing without a run or without the flag", () => {
    expect(told({ plan: undefined })).toBe("");
    expect(toRecordedLines(null, { plan: {} }, aView("en"))).toEqual([]);
  });
});
