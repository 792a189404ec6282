// What `policy` shows: which rule decides and where it stands, in both languages; and whose role is asked about.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Command } from "../command.ts";
import type { Json } from "../json.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { policyExplain, policyList, policyTest } from "./policies.ts";

interface Shown {
  readonly body?: object;
  readonly words?: readonly string[];
  readonly options?: Json;
  readonly locale?: Locale;
  readonly folder?: string;
  readonly files?: readonly string[];
  readonly broken?: Readonly<Record<string, object>>;
}

async function show(command: Command, shown: Shown = {}) {
  const { body = {}, words = [], options = {}, locale = "en", folder = "/", files = [], broken = {} } = shown;
  const lines: string[] = [];
  const called: unknown[] = [];
  // What these commands do not use is left out.
  const shell = {
    call: async (...call: unknown[]) => {
      called.push(call);
      return { status: 200, body, text: JSON.stringify(body), location: null, date: null };
    },
    screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
    place: { skillsDir: folder, cwd: folder, environment: {} },
    local: { listFiles: () => files, loadBroken: () => broken },
    isJson: false,
    locale,
  } as unknown as Shell;
  return { code: await command.run({ words, options }, shell), text: lines.join("\n"), called };
}

const RULE = { id: "closed", effect: "deny", file: "policies/permission_policies.yaml", line: 2 };

describe("policy explain", () => {
  const PAID = { paid_by: ["tenant", "key:new", "key:old"] };
  const body = {
    ...{ skill: "shop/sell", user: "anna", role: "member", decision: "deny" },
    rule: "closed (policies/permission_policies.yaml:2)",
    decisions: [
      {
        ...{ skill: "shop/sell", action: "write", effect: "deny", rule: RULE },
        matched: [
          { ...RULE, when: "risk > 3", told: "failed", why: "It is missing." },
          { ...RULE, id: "writers", effect: "allow", told: "yes" },
        ],
      },
    ],
  };

  it("says built-in rules in the reader's language, and asks about a role as about nobody in particular", async () => {
    const denied = { ...body, rule: "no rule allows to delete" };
    const options = { role: "manager" };
    const shown = { body: { ...denied, role: "manager" }, words: ["shop/sell"], options } as const;
    const { text } = await show(policyExplain, { ...shown, locale: "ru" });
    expect(text).toContain("менеджер, shop/sell");
    expect(text).not.toContain("anna");
    expect(text).toContain("Правило: ни одно правило не разрешает удалять");
  });

  it("a value without its name is told with the option that was typed", async () => {
    const shown = { body, words: ["shop/sell"], options: { input: ["amount"] } };
    await expect(show(policyExplain, shown)).rejects.toThrow("--input amount");
  });

  it("names the rule that decides, its line, and the others", async () => {
    const { text } = await show(policyExplain, { body, words: ["shop/sell"] });
    expect(text).toContain("✗ denied  anna (member), shop/sell");
    expect(text).toContain("The rule: closed (policies/permission_policies.yaml:2)");
    expect(text).toContain("denied closed  risk > 3 → cannot be told, so the safe way (It is missing.)");
    expect(text).toContain("allowed writers  policies/permission_policies.yaml:2");
    const russian = await show(policyExplain, { body, words: ["shop/sell"], locale: "ru" });
    expect(russian.text).toContain("✗ нельзя");
    expect(russian.text).toContain("Правило: closed");
  });

  it("asks about a role and does not act with it", async () => {
    const options = { role: "viewer", user: "boris", input: ["total=500", '{"rows": [1]}'] };
    const { called } = await show(policyExplain, { body, words: ["shop/sell"], options });
    const json = { skill: "shop/sell", role: "viewer", user: "boris", input: { total: "500", rows: [1] } };
    expect(called).toEqual([["POST /policies/explain", { json, headers: { "x-skillos-role": "owner" } }]]);
    const bad = show(policyExplain, { body, words: ["shop/sell"], options: { input: ["{total"] } });
    await expect(bad).rejects.toThrow("--input {total: this is no JSON object.");
  });

  it("says whose yes it needs", async () => {
    const asked = {
      ...body,
      decision: "ask",
      approval: { needed: "yes", by: "owner" },
      decisions: [],
      ...PAID,
    };
    const { text } = await show(policyExplain, { body: asked, words: ["shop/sell"] });
    expect(text).toContain("Budgets, limits and pauses of: everything, key new, key old");
    expect(text).toContain("✓ needs a yes");
    expect(text).toContain("It needs a yes: owner");
  });
});

it("policy list shows for whom each rule is, and where it stands", async () => {
  const rules = [{ ...RULE, roles: ["member"], skills: ["shop/*"], when: "risk > 3" }];
  const { text } = await show(policyList, { body: { policies: [{ rules }] } });
  expect(text).toMatch(/closed +denied +member shop\/\* +risk > 3 +policies\/permission_policies\.yaml:2/);
});

it("policy list says of a rule that is for nothing what was probably meant", async () => {
  const hint = {
    ...RULE,
    message: "The rule closed names fin, and no skill is called so.",
    fix: "Did you mean fin/*?",
  };
  const { text } = await show(policyList, { body: { policies: [{ rules: [RULE] }], hints: [hint] } });
  expect(text).toContain(
    "policies/permission_policies.yaml:2  The rule closed names fin, and no skill is called so.\n  Did you mean fin/*?",
  );
});

describe("policy test", () => {
  function aFolder(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), "skillos-policies-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "policies"));
    writeFileSync(join(folder, "policies", "permission_policies.yaml"), text);
    return folder;
  }
  const files = ["policies/permission_policies.yaml"];
  const toText = (expect: string) =>
    `rules: []\nexamples:\n  - { subject: { role: viewer }, skill: a/b, action: write, expect: ${expect} }\n`;

  it("counts examples that hold, and is 0", async () => {
    const { code, text } = await show(policyTest, { folder: aFolder(toText("deny")), files });
    expect({ code, text }).toEqual({
      code: 0,
      text: "✓ policies/permission_policies.yaml  1 passed, 0 failed",
    });
  });

  it("names file, line and column of one that does not, and is 1", async () => {
    const { code, text } = await show(policyTest, { folder: aFolder(toText("allow")), files });
    expect(code).toBe(1);
    expect(text).toContain(
      'policies/permission_policies.yaml:3:69  Example "viewer: write a/b": allow is expected, it is deny',
    );
  });

  it("says so where there is none", async () => {
    await expect(show(policyTest)).rejects.toThrow("There are no policies in");
  });
});

it.each([
  ["en", "the last good one holds"],
  ["ru", "действует последняя верная версия"],
] as const)("policy list says that a saved file is broken, and what holds (%s)", async (locale, words) => {
  const since = "2026-11-28T22:40:00.000Z";
  const broken = { "policies/access.yaml": { line: 3, since }, "shop/sell.yaml": { line: 1, since } };
  const { text } = await show(policyList, { body: { policies: [] }, broken, locale });
  expect(text).toMatch(/policies\/access\.yaml:3 /);
  expect(text).toContain(words);
  expect(text).not.toContain("sell.yaml");
});
