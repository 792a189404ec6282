import { describe, expect, it } from "vitest";
import { aView } from "../show/view-builder.ts";
import { toNext } from "./finish.ts";

const next = (manifest: readonly object[], flags: readonly string[]): string =>
  toNext(
    { plan: { manifest } },
    { isDryRun: flags.includes("--dry-run"), isExecute: flags.includes("--execute") },
    aView("en"),
  );

describe("what to type after a trial run", () => {
  it("never is a flag that the command has, nor one that would show the trial again", () => {
    const write = [{ total: 1 }];
    expect(next(write, [])).toBe("Next: the same command with --execute.");
    expect(next(write, ["--dry-run"])).toBe("Next: the same command with --execute instead of --dry-run.");
    expect(next(write, ["--dry-run", "--execute"])).toBe(
      "Next: the same command without --dry-run. It does exactly this, or stops if it has changed.",
    );
  });

  it("is the command alone where nothing would be written", () => {
    for (const flags of [["--dry-run"], ["--dry-run", "--execute"]])
      expect(next([], flags)).toBe("Next: the same command without --dry-run.");
  });
});
