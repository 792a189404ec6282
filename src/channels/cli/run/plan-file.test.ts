import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Complaint } from "../shell.ts";
import { loadPlan, savePlan } from "./plan-file.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skillos-plan-"));
  path = join(folder, "plan.json");
  savePlan(
    path,
    { query: "delete old drafts" },
    {
      skill: "shop/clean",
      input: { before: "2026-01-01", note: null },
      run_id: "run_0_01m8hp4e1rb2f5j8w0qvw8b5xy",
      created_at: "2026-11-28T10:41:00+03:00",
      plan: { hash: "8f3a", manifest: [{ step: "remove", entities: [{ id: "quotes:1", label: "one" }] }] },
    },
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const edit = (from: string, to: string) => writeFileSync(path, readFileSync(path, "utf8").replace(from, to));

function toRefusal(): string {
  try {
    loadPlan(path);
  } catch (error) {
    if (error instanceof Complaint) return JSON.stringify(error);
    throw error;
  }
  return "none";
}

describe("a plan file", () => {
  it("is what was saved, with the trial run that it is of", () => {
    expect(loadPlan(path)).toMatchObject({
      request: { query: "delete old drafts", skill: "shop/clean", input: { before: "2026-01-01" } },
      planHash: "8f3a",
      run: "run_0_01m8hp4e1rb2f5j8w0qvw8b5xy",
    });
  });

  it.each([
    ["of another request", "delete old drafts", "delete all"],
    ["of another value", "2026-01-01", "2027-01-01"],
    ["of another list", "quotes:1", "quotes:2"],
    ["of another hash", '"8f3a"', '"8f3b"'],
    ["of another run", "vw8b5xy", "vw8b5xz"],
    ["without its seal", '"seal"', '"sale"'],
  ])("that was made one %s by hand is refused", (_, from, to) => {
    edit(from, to);
    expect(() => loadPlan(path)).toThrow(Complaint);
  });

  it("may be laid out anew: only what it says counts", () => {
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
    expect(toRefusal()).toBe("none");
  });
});
