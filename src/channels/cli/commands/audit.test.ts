import { describe, expect, it } from "vitest";
import type { Command } from "../command.ts";
import type { Locale } from "../../../kernel/domain/text.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { audit, auditVerify } from "./audit.ts";

async function show(command: Command, body: object, locale: Locale = "en") {
  const lines: string[] = [];
  const called: string[] = [];
  // What these commands do not use is left out.
  const shell = {
    call: async (route: string) => {
      called.push(route);
      return { status: 200, body, text: JSON.stringify(body), location: null, date: null };
    },
    screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
    isJson: false,
    locale,
  } as unknown as Shell;
  const options = { action: "run.refuse" };
  return { code: await command.run({ words: [], options }, shell), text: lines.join("\n"), called };
}

describe("audit verify", () => {
  it("says that it holds, and is 0", async () => {
    const { code, text } = await show(auditVerify, { verified: true, entries: 3, problem: null });
    expect({ code, text }).toEqual({ code: 0, text: "✓ The audit is as it was written: 3 entries." });
  });

  it.each([
    ["edited", "row 7 was edited"],
    ["moved", "row 7 is not the one that stood there"],
    ["missing", "row 7 is missing"],
    ["cut_off", "it ends before row 7"],
    ["added", "row 7 was added"],
  ])("says %s with its place, and is 1", async (what, words) => {
    const { code, text } = await show(auditVerify, { verified: false, problem: { what, position: 7 } });
    expect(code).toBe(1);
    expect(text).toContain(words);
    const russian = await show(auditVerify, { verified: false, problem: { what, position: 7 } }, "ru");
    expect(russian.text).toMatch(/^✗ Журнал .*строк[аиуе] 7|^✗ Журнал .*строкой 7/);
  });
});

it("lists entries with how often they came, and where to go on", async () => {
  const entry = { at: "2026-11-21T09:00:00Z", user: "anna", action: "run.refuse", target: "a/b" };
  const entries = [{ ...entry, outcome: "rate_limited", body: { count: 540 } }];
  const { text, called } = await show(audit, {
    entries,
    more: true,
    next: "abc",
    time_zone: "Europe/Moscow",
  });
  expect(called).toEqual(["GET /audit?action=run.refuse"]);
  expect(text).toContain("21 Nov 2026, 12:00");
  expect(text).toMatch(/anna +run\.refuse +a\/b +rate_limited +540/);
  expect(text).toContain("skillos audit --since abc");
});
