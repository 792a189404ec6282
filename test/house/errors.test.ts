// Every "no" is told whole: a status, an exit code, and a page that says what happened and what to do in both languages.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/channels/exit-codes.ts";
import { REFUSALS } from "../../src/channels/refusals.ts";
import { root } from "./sources.ts";

const rows = Object.entries(REFUSALS);
/** Programs rely on these numbers. */
const STATUSES = [400, 401, 402, 403, 404, 409, 410, 413, 422, 424, 429, 500, 502, 503, 504];
const SECTIONS = ["**What it means.**", "**What to do.**", "**Что это значит.**", "**Что делать.**"];

describe("refusals", () => {
  it("are all seen", () => {
    expect(rows.length).toBeGreaterThan(15);
  });

  it.each(rows)("%s has a status and an exit code that mean something", (_reason, { status, exitCode }) => {
    expect(STATUSES).toContain(status);
    expect(Object.values<number>(EXIT_CODES)).toContain(exitCode);
    expect(exitCode).not.toBe(EXIT_CODES.ok);
  });

  it.each(rows)("%s has its page", (reason, { status }) => {
    const file = join(root, "docs", "errors", `${reason}.md`);
    expect(existsSync(file)).toBe(true);
    const page = readFileSync(file, "utf8");
    expect(page).toContain(`HTTP status ${status}`);
    for (const section of SECTIONS) expect(page.split(section)[1]?.trim().length).toBeGreaterThan(10);
  });
});
