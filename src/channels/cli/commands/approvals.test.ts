import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import { Complaint, type Shell } from "../shell.ts";
import { approvalsApprove, showApproved } from "./approvals.ts";

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

describe("approvals approve --without", () => {
  const key = "run_0_a:old:1";
  const entities = [
    { id: "1021", label: "Volna" },
    { id: "1034", label: "Pristan" },
    { id: "2", label: "Bereg" },
  ];
  const shown: string[] = [];
  const asked = { plan: { manifest: [{ key, target: "quotes", entities }] } };

  async function decide(...without: string[]) {
    const called: unknown[] = [];
    // What this command does not use is left out.
    const shell = {
      call: async (route: string, content: object = {}) => {
        called.push([route, content]);
        const body = route.startsWith("GET") ? asked : { status: "succeeded" };
        return { status: 200, body, text: "", location: null, date: null };
      },
      screen: { paint: plain, width: null, show: (lines: readonly string[]) => void shown.push(...lines) },
      isJson: false,
      locale: "en",
    } as unknown as Shell;
    await approvalsApprove.run({ words: ["r-a"], options: { without } }, shell);
    return called.at(-1);
  }

  it("leaves out what is named, as the API names it", async () => {
    expect(await decide("1034")).toEqual([
      "POST /approvals/r-a",
      { json: { decision: "approve", exclude: ["old:1#1034"] } },
    ]);
  });

  it("says which were left out", async () => {
    shown.length = 0;
    await decide("1034");
    expect(shown.at(-1)).toBe("  Left out: 1034 Pristan");
  });

  it("leaves out all that several of it name", async () => {
    expect(await decide("1034", "1021")).toEqual([
      "POST /approvals/r-a",
      { json: { decision: "approve", exclude: ["old:1#1034", "old:1#1021"] } },
    ]);
  });

  it.each(["", " ", ","])(
    "decides nothing where '%s' names no row: a variable may be empty",
    async (without) => {
      await expect(decide(without)).rejects.toThrow(Complaint);
      await expect(decide("1034", without)).rejects.toThrow(Complaint);
    },
  );

  it.each(["1099", "1021,1034,Bereg", "2"])(
    "decides nothing for %s, which is no line, all of them, or the number of one and the id of another",
    async (without) => {
      await expect(decide(without)).rejects.toThrow(Complaint);
    },
  );
});
