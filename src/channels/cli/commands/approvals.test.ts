import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import { showApproved } from "./approvals.ts";

function approve(body: Json): { exitCode: number; lines: readonly string[] } {
  const lines: string[] = [];
  const exitCode = showApproved(
    { status: 200, body, text: "", location: null, date: null },
    {
      isJson: false,
      locale: "en",
      screen: {
        paint: plain,
        width: null,
        show: (more) => lines.push(...more),
        warn: () => undefined,
        during: (_, work) => work,
      },
    },
  );
  return { exitCode, lines };
}

describe("a yes", () => {
  it("tells the problem of a run that could no longer be carried out, with its exit code", () => {
    const problem = {
      code: "plan_drift",
      title: "Something changed",
      detail: "Quote 1034 is gone.",
      fix: "Ask again.",
    };
    expect(approve({ status: "failed", problem })).toEqual({
      exitCode: 8,
      lines: [
        "✗ Something changed",
        "  Quote 1034 is gone.",
        "  Ask again.",
        "  plan_drift · docs/errors/plan_drift.md · exit code 8",
      ],
    });
  });

  it("never marks a failure as done, even one without a problem", () => {
    expect(approve({ status: "failed" })).toEqual({ exitCode: 1, lines: ["✗ failed · exit code 1"] });
  });

  it("tells the answer of a run that is done", () => {
    expect(approve({ status: "succeeded", answer: "Deleted 3" })).toEqual({
      exitCode: 0,
      lines: ["✓ Deleted 3"],
    });
  });
});
