import { expect, it } from "vitest";
import type { Json } from "../json.ts";
import { aLocal } from "../local-builder.ts";
import { plain } from "../paint.ts";
import { Complaint, type Shell } from "../shell.ts";
import { scheduleAdd, scheduleList, scheduleTakeOver } from "./schedules.ts";
import { webhookAdd, webhookList, webhookSetSecret, webhookTakeOver } from "./webhooks.ts";

function toShell(body: Json, lines: string[]): Shell {
  return {
    call: async () => ({ status: 200, body, text: JSON.stringify(body), location: null, date: null }),
    screen: {
      paint: plain,
      width: null,
      show: (more) => lines.push(...more),
      warn: () => undefined,
      during: (_, work) => work,
    },
    asker: null,
    isJson: false,
    place: { root: ".", stateDir: ".", skillsDir: ".", cwd: ".", environment: {} },
    local: aLocal(),
    locale: "en",
  };
}

it("says of a new webhook and schedule that each run waits for a yes, where it does", async () => {
  const lines: string[] = [];
  const made = { url: "/webhooks/ten_a/shop", id: "sch_1", needs_yes: "owner" };
  await webhookAdd.run({ words: ["a/b"], options: { id: "shop" } }, toShell(made, lines));
  await scheduleAdd.run({ words: ["a/b"], options: { cron: "0 9 * * *" } }, toShell(made, lines));
  const waits = "  Each of its runs will wait for a yes from: owner. What waits: npx skillos approvals";
  expect(lines.filter((line) => line === waits)).toHaveLength(2);
  const ending: string[] = [];
  const ends = { url: "/w", ends_at: "2026-12-31T18:00:00Z", time_zone: "UTC" };
  await webhookAdd.run({ words: ["a/b"], options: { id: "shop" } }, toShell(ends, ending));
  expect(ending[1]).toMatch(/It starts nothing after .*31.*: then the key ends/);
  const silent: string[] = [];
  await webhookAdd.run({ words: ["a/b"], options: { id: "shop" } }, toShell({ url: "/w" }, silent));
  expect(silent).toEqual(["✓ POST /w"]);
});

it("says of what stopped with its key that it starts nothing, and takes it over", async () => {
  const lines: string[] = [];
  const one = { id: "shop", skill: "a/b", stopped: "key_revoked", user: "anna" };
  const shell = toShell({ ...one, webhooks: [one], schedules: [one] }, lines);
  await webhookList.run({ words: [], options: {} }, shell);
  await scheduleList.run({ words: [], options: {} }, shell);
  const told = "✗ shop starts nothing: the key that set it up was revoked";
  expect(lines.filter((line) => line === told)).toHaveLength(2);
  await webhookTakeOver.run({ words: ["shop"], options: {} }, shell);
  await scheduleTakeOver.run({ words: ["shop"], options: {} }, shell);
  expect(lines.filter((line) => line === "✓ shop is anna's now")).toHaveLength(2);
});

it("lists what deliveries started nothing, and why", async () => {
  const lines: string[] = [];
  const hook = {
    id: "shop",
    skill: "a/b",
    scheme: "skillos",
    url: "/webhooks/ten_a/shop",
    secret: "its own",
  };
  const failed = { ...hook, failed: 2, last_problem: { detail: "Missing: kg." } };
  const body = { webhooks: [failed, { ...hook, id: "good", failed: 0 }] };
  await webhookList.run({ words: [], options: {} }, toShell(body, lines));
  expect(lines.slice(-2)).toEqual([
    "✗ shop: 2 deliveries of the last 24 hours started nothing. The latest:",
    "  Missing: kg.",
  ]);
});

it("says whose secret a webhook that was taken over still has, and sets another", async () => {
  const lines: string[] = [];
  const taken = { id: "shop", user: "boris", secret_by: "clara" };
  await webhookTakeOver.run({ words: ["shop"], options: {} }, toShell(taken, lines));
  expect(lines[1]).toContain("clara still knows the webhook's secret");
  expect(lines[1]).toContain("npx skillos webhook set-secret shop");
  const secret = "0123456789abcdef";
  await webhookSetSecret.run({ words: ["shop"], options: { secret } }, toShell({ id: "shop" }, lines));
  expect(lines[2]).toContain("shop has a new secret");
});

it.each([{}, { secret: "" }])("asks for the secret to be set where there is %o", async (options) => {
  const set = webhookSetSecret.run({ words: ["shop"], options }, toShell({ id: "shop" }, []));
  await expect(set).rejects.toThrow(Complaint);
});
