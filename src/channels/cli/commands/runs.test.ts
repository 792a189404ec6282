import { describe, expect, it } from "vitest";
import type { Call } from "../client.ts";
import type { Json } from "../json.ts";
import { aLocal } from "../local-builder.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { approvals } from "./approvals.ts";
import { budgets } from "./money.ts";
import { logs, runs, runsCancel } from "./runs.ts";

const AT = "2026-11-21T09:00:00.000Z";
const ANSWERS: Readonly<Record<string, Json>> = {
  "GET /runs/r-1": {
    steps: [{ path: "list", kind: "sql", status: "succeeded" }],
    skill: "a/b",
    status: "succeeded",
    created_at: AT,
    time_zone: "Asia/Kathmandu",
  },
  "GET /runs/r-2": {
    skill: "a/b",
    status: "failed",
    problem: {
      code: "step_failed",
      title: "Step one failed",
      detail: "It broke.",
      fix: "Mend it.",
      run: "r-2",
    },
  },
  "POST /runs/r-3/cancel": {
    short_id: "r-3",
    skill: "a/b",
    status: "cancelled",
    effects: [{ class: "read", state: "done" }],
    problem: { code: "cancelled", title: "Отменено", detail: "Этот запуск остановили." },
  },
  "GET /runs?limit=1": { runs: [], time_zone: "Asia/Kathmandu" },
  "GET /approvals": {
    approvals: [
      {
        short_id: "r-9",
        title: "Delete drafts",
        entities: 3,
        asked_by: "elena",
        by: "owner",
        created_at: AT,
        expires_at: AT,
      },
    ],
  },
  "GET /events?since=1": {
    events: [{ event: "execution_result", timestamp: AT, confidence: 0.9713 }],
    next: "2",
  },
  "GET /budgets": { limits: { per_request_usd: 100, daily_usd: 0.5, monthly_usd: 2 } },
  "GET /runs?limit=20": {
    runs: [
      {
        short_id: "r-2",
        skill: "a/b",
        status: "failed",
        created_at: AT,
        confidence: 0.9713,
        query: "later words",
      },
      { short_id: "r-1", skill: "a/b", status: "succeeded", created_at: AT, confidence: null, query: null },
    ],
    time_zone: "Asia/Kathmandu",
  },
};

/** A server whose tenant lives in Kathmandu, whatever the clock of this computer says. */
function aShell(): { shell: Shell; lines: string[] } {
  const lines: string[] = [];
  const call: Call = async (route) => {
    const body = ANSWERS[route] ?? {};
    return { status: 200, body, text: JSON.stringify(body), location: null, date: null };
  };
  const screen: Shell["screen"] = {
    paint: plain,
    width: null,
    show: (more) => lines.push(...more),
    warn: () => undefined,
    during: (_, work) => work,
  };
  const place = { root: ".", stateDir: ".", skillsDir: ".", cwd: ".", environment: {} };
  const local = aLocal();
  return { lines, shell: { call, screen, asker: null, isJson: false, place, local, locale: "en" } };
}

describe("times on a terminal are those of the tenant's clocks", () => {
  it.each([
    { command: runs, words: ["r-1"], time: "21 Nov 2026, 14:45" },
    { command: approvals, words: [], time: "21 Nov 2026, 14:45" },
    { command: logs, words: [], time: "21 Nov 2026, 14:45" },
    { command: logs, words: [], options: { since: "1" }, time: "14:45" },
  ])("$command.name $options", async ({ command, words, options = {}, time }) => {
    const { shell, lines } = aShell();
    await command.run({ words, options }, shell);
    expect(lines.join("\n")).toContain(time);
  });
});

describe("logs", () => {
  it("shows the last runs with their words, the newest last", async () => {
    const { shell, lines } = aShell();
    await logs.run({ words: [], options: {} }, shell);
    expect(lines[1]).toMatch(/r-1 +done +a\/b$/);
    expect(lines[2]).toMatch(/r-2 +failed +a\/b +97 % +later words$/);
    expect(lines.at(-1)).toContain("logs --run RUN");
  });

  it("says of one event how sure in per cent", async () => {
    const { shell, lines } = aShell();
    await logs.run({ words: [], options: { since: "1" } }, shell);
    expect(lines.join("\n")).toContain("confidence 97 %");
  });

  it("shows why a run failed", async () => {
    const { shell, lines } = aShell();
    await logs.run({ words: [], options: { run: "r-2" } }, shell);
    expect(lines.join("\n")).toContain("✗ Step one failed\n  It broke.\n  Mend it.\n  step_failed · run r-2");
  });
});

it("a run that was cancelled is what was asked for, in the reader's language", async () => {
  const { shell, lines } = aShell();
  expect(await runsCancel.run({ words: ["r-3"], options: {} }, shell)).toBe(0);
  expect(lines).toEqual(["✓ Run r-3 is cancelled", "  Changed nothing"]);
});

it("heads of tables and steps are in the reader's language", async () => {
  const { shell, lines } = aShell();
  await approvals.run({ words: [], options: {} }, { ...shell, locale: "ru" });
  expect(lines[0]).toMatch(/^запуск +что +объектов +просит +с +нужно согласие +до$/);
  await logs.run({ words: [], options: { run: "r-1" } }, { ...shell, locale: "ru" });
  expect(lines.join("\n")).toMatch(/шаг +вид +состояние[^]*list +sql +готово/);
});

it("budgets say which limit can never hold", async () => {
  const { shell, lines } = aShell();
  await budgets.run({ words: [], options: {} }, shell);
  expect(lines.at(-1)).toBe('! The limit "A request" is above the one "A day", which holds first.');
});

it("approvals say what waits, how much of it, and who asked", async () => {
  const { shell, lines } = aShell();
  await approvals.run({ words: [], options: {} }, shell);
  expect(lines[1]).toMatch(/^r-9 +Delete drafts +3 +elena +21 Nov 2026, 14:45 +owner +21 Nov 2026, 14:45$/);
});
