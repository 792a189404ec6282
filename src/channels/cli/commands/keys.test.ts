import { describe, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { plain } from "../paint.ts";
import { Complaint, type Shell } from "../shell.ts";
import { keysAdd, keysList, keysRevoke, keysRotate } from "./keys.ts";

const MADE = { id: "key_1", key: "sk_secret", old: { id: "key_0", until: "2026-11-22T12:00:00Z" } };

/** What a command asked of the server that answers `body`, and what it showed. */
async function call(
  command: Command,
  given: { words?: readonly string[]; options?: Record<string, unknown> },
  body: object = MADE,
) {
  const asked: unknown[] = [];
  const lines: string[] = [];
  const shell = {
    isJson: false,
    locale: "ru",
    screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
    call: async (route: string, sent?: { json?: unknown }) => {
      asked.push(route, sent?.json);
      return { status: 200, body: { ...body, time_zone: "UTC" }, text: "", location: null, date: null };
    },
  } as unknown as Shell; // The commands look at nothing else.
  await command.run({ words: [], options: {}, ...given }, shell);
  return { asked, lines };
}

describe("keys", () => {
  it("are made with what was said, and shown alone on their line", async () => {
    const options = { scope: ["run"], skill: ["travel/*"], expiresAt: "2026-12-31T18:00:00Z" };
    const { asked, lines } = await call(keysAdd, { words: ["site"], options });
    const json = { name: "site", scopes: ["run"], skills: ["travel/*"], expires_at: "2026-12-31T18:00:00Z" };
    expect(asked).toEqual(["POST /keys", json]);
    expect(lines).toContain("sk_secret");
  });

  it("are listed with what they reach, and nothing that opens", async () => {
    const one = {
      id: "key_1",
      name: "site",
      user: "anna",
      scopes: ["read", "run"],
      skills: null,
      made_with: "key_0",
    };
    const { lines } = await call(keysList, {}, { keys: [one] });
    expect(lines.join("\n")).toMatch(/key_1 +site +anna +read run +\*\/\* +key_0 +— +—/);
  });

  it("are revoked and rotated by their ids", async () => {
    expect((await call(keysRevoke, { words: ["key_1"] })).asked[0]).toBe("DELETE /keys/key_1");
    const stops = { webhooks: ["hook"], schedules: ["sch_1"] };
    const { lines } = await call(keysRevoke, { words: ["key_1"] }, { id: "key_1", stops });
    expect(lines[1]).toContain("Больше ничего не запустят: hook, sch_1.");
    const more = await call(keysRevoke, { words: ["key_1"] }, { id: "key_1", still_good: ["key_2"] });
    expect(more.lines[1]).toContain("ключи действуют: key_2.");
    const whole = { id: "key_1", descendants: ["key_2"], still_good: [] };
    const all = await call(keysRevoke, { words: ["key_1"], options: { withDescendants: true } }, whole);
    expect(all.asked[0]).toBe("DELETE /keys/key_1?with_descendants=true");
    expect(all.lines.join("\n")).toMatch(/key_1.*\n.*key_2/);
    const rotated = await call(keysRotate, { words: ["key_0"], options: { overlapSeconds: "60" } });
    expect(rotated.asked).toEqual(["POST /keys/key_0/rotate", { overlap_seconds: 60 }]);
    expect(rotated.lines.at(-1)).toMatch(/key_0 действует до 22\.11/);
    await expect(
      call(keysRotate, { words: ["key_0"], options: { overlapSeconds: "1.5" } }),
    ).rejects.toBeInstanceOf(Complaint);
  });
});
