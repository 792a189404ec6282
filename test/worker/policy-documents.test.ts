// Policies over HTTP: written by who administers, refused at the place of a mistake, explained, held for whoever calls a skill.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Tenant } from "./tenant.ts";

const PERMISSIONS = "/policies/permission_policies";
const WRITE = "  - id: save\n    http: { post: /save, connector: sink, body: {} }\n";
const READ = "  - id: look\n    http: { get: /look, connector: sink }\n";
const NO_BORIS = "rules:\n  - id: not_boris\n    effect: deny\n    users: boris\n    skills: test/*\n";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const put = (text: string | object) => tenant.ask(`PUT ${PERMISSIONS}`, text);

describe("a policy", () => {
  it("holds from the next request on, names its rule in the refusal, and is gone when it is taken away", async () => {
    await tenant.saveSkill("test/save", WRITE);
    const boris = await tenant.join("boris", "member");
    expect(await boris.ask("POST /skills/test/save/run", {})).toMatchObject({ status: "succeeded" });
    expect(await put(NO_BORIS)).toMatchObject({ name: "permission_policies", rules: 1 });
    expect(await boris.ask("POST /skills/test/save/run", {})).toMatchObject({
      status: 403,
      code: "forbidden",
      rule: "not_boris (policies/permission_policies.yaml:2)",
    });
    expect(await tenant.ask("POST /skills/test/save/run", {})).toMatchObject({ status: "succeeded" });
    expect(await tenant.ask(`DELETE ${PERMISSIONS}`)).toMatchObject({ removed: true });
    expect(await boris.ask("POST /skills/test/save/run", {})).toMatchObject({ status: "succeeded" });
    const { entries } = (await tenant.ask("GET /audit?action=registry.put")) as {
      entries: { target: string }[];
    };
    expect(entries.filter(({ target }) => target.startsWith("policies/"))).toHaveLength(2);
  });

  it("of a skill binds whoever calls it", async () => {
    await tenant.saveSkill("test/inner", WRITE);
    await tenant.saveSkill("other/outer", "  - id: call\n    skill: { run: test/inner }\n");
    await tenant.saveSkill("other/look", READ);
    await put(NO_BORIS);
    const boris = await tenant.join("boris", "member");
    expect(await boris.ask("POST /skills/other/look/run", {})).toMatchObject({ status: "succeeded" });
    const refused = { status: 403, title: "You may not write with test/inner" };
    expect(await boris.ask("POST /skills/other/outer/run", {})).toMatchObject(refused);
  });

  it("is read as the other form has it", async () => {
    await tenant.saveSkill("test/look", READ);
    const roles = { admin: ["look"], member: [] };
    await put({ roles, policies: [{ skill_id: "test/*", required_permissions: ["look"] }] });
    const boris = await tenant.join("boris", "member");
    const rule = "test/* requires look (policies/permission_policies.yaml:1)";
    expect(await boris.ask("POST /skills/test/look/run", {})).toMatchObject({ code: "forbidden", rule });
    expect(await tenant.ask("POST /skills/test/look/run", {})).toMatchObject({ status: "succeeded" });
  });

  it.each([
    ["a name", "when: subjct.user == 'x'", "unknown_name", 4],
    ["a type", "when: risk == 'x'", "wrong_type", 4],
    ["a role", "roles: manger", "unknown_name", 4],
    ["an id twice", "note: x\n  - { id: a, effect: deny }", "duplicate_id", 5],
    [
      "an example",
      "roles: viewer\nexamples:\n  - { subject: { role: owner }, skill: a/b, action: write, expect: deny }",
      "example_failed",
      6,
    ],
  ])("with a mistake in %s is refused at its line, and the last good one serves", async (...row) => {
    const [, line, rule, at] = row;
    await tenant.saveSkill("test/save", WRITE);
    await put(NO_BORIS);
    const refused = await put(`rules:\n  - id: a\n    effect: deny\n    ${line}\n`);
    expect(refused).toMatchObject({ status: 400, mistakes: [{ rule, line: at }] });
    const boris = await tenant.join("boris", "member");
    expect(await boris.ask("POST /skills/test/save/run", {})).toMatchObject({ code: "forbidden" });
    expect(await tenant.ask("POST /skills/test/save/run", {})).toMatchObject({ status: "succeeded" });
  });

  it("is one of two, and only for who administers", async () => {
    expect(await tenant.ask("PUT /policies/permision_policies", NO_BORIS)).toMatchObject({
      status: 404,
      suggestion: "permission_policies",
    });
    const manager = await tenant.join("boris", "manager");
    expect(await manager.ask(`PUT ${PERMISSIONS}`, NO_BORIS)).toMatchObject({ code: "forbidden" });
    expect(await manager.ask(`GET ${PERMISSIONS}`)).toMatchObject({ code: "forbidden" });
    const files = [{ path: "policies/permission_policies.yaml", text: "defaults: false\n" }];
    expect(await manager.ask("POST /registry/files", { files })).toMatchObject({
      code: "forbidden",
      rule: 'policies need a key with "admin"',
    });
    expect(await tenant.ask("POST /registry/files", { files })).toMatchObject({ problems: [] });
    expect(await tenant.ask(`GET ${PERMISSIONS}`)).toMatchObject({
      default: false,
      source: "defaults: false\n",
    });
  });

  it("that nobody wrote is the default one", async () => {
    const { source } = await tenant.ask(`GET ${PERMISSIONS}`);
    expect(source).toContain("id: writers");
    const { policies } = (await tenant.ask("GET /policies")) as { policies: { rules: { id: string }[] }[] };
    expect(policies.flatMap(({ rules }) => rules.map(({ id }) => id))).toContain("risky");
  });

  it("that is for nothing is told where it is saved and listed, with what was probably meant", async () => {
    await tenant.saveSkill("test/save", WRITE);
    const told = await put("rules:\n  - { id: idle, effect: deny, skills: test, users: ana }\n");
    const hints = [
      { line: 2, rule: "unknown_skill", fix: "Did you mean test/*?" },
      { line: 2, rule: "unknown_user", fix: "Did you mean anna?" },
    ];
    expect(told).toMatchObject({ rules: 1, hints });
    expect(await tenant.ask("GET /policies")).toMatchObject({ hints });
    expect(await put("rules:\n  - { id: good, effect: deny, skills: test/* }\n")).toMatchObject({
      hints: [],
    });
  });

  it("that names no skill there is, is warned of", async () => {
    await tenant.saveSkill("test/save", WRITE);
    await put("rules:\n  - { id: idle, effect: deny, skills: test/svae }\n");
    const { findings } = (await tenant.ask("POST /validate", {})) as { findings: object[] };
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "unknown_skill",
        severity: "warning",
        skill: "policies/permission_policies.yaml:2",
      }),
    );
  });
});

describe("an explanation", () => {
  it("names the rule that decides, its line, and the others that are for it", async () => {
    await tenant.saveSkill("test/save", WRITE);
    await put(`${NO_BORIS}  - { id: late, effect: deny, when: input.nowhere == 1, users: vera }\n`);
    const explain = (body: object) => tenant.ask("POST /policies/explain", { skill: "test/save", ...body });
    expect(await explain({ user: "boris", role: "member" })).toMatchObject({
      decision: "deny",
      decisions: [
        {
          action: "write",
          effect: "deny",
          rule: {
            id: "not_boris",
            policy: "permission_policies",
            file: "policies/permission_policies.yaml",
            line: 2,
          },
          matched: [
            { id: "not_boris" },
            { id: "many", told: "no" },
            { id: "risky", told: "no" },
            { id: "writers" },
          ],
        },
      ],
    });
    expect(await explain({ user: "vera", role: "member" })).toMatchObject({
      decision: "deny",
      decisions: [
        {
          rule: { id: "late" },
          matched: expect.arrayContaining([expect.objectContaining({ told: "failed" })]),
        },
      ],
    });
    // Of nobody in particular: not of whoever asks.
    expect(await explain({ role: "viewer" })).toMatchObject({
      decision: "deny",
      paid_by: ["tenant", "skill:test/save"],
      rule: "no rule allows to write",
    });
    expect(await explain({})).toMatchObject({ decision: "allow", rule: "default policy" });
    const asking = "rules:\n  - { id: dear, skills: test/save, by: manager }\n";
    await tenant.ask("PUT /policies/approval_policies", asking);
    // What allows it is not what makes it wait.
    expect(await explain({})).toMatchObject({
      decision: "ask",
      rule: "dear (policies/approval_policies.yaml:2)",
    });
    await tenant.join("igor", "viewer");
    expect(await explain({ user: "igor" })).toMatchObject({ role: "viewer", decision: "deny" });
    expect(await explain({ user: "ghost" })).toMatchObject({ status: 404 });
  });

  it("is of oneself and of smaller roles; of others for who administers", async () => {
    await tenant.saveSkill("test/save", WRITE);
    const boris = await tenant.join("boris", "member");
    const explain = (body: object) => boris.ask("POST /policies/explain", { skill: "test/save", ...body });
    expect(await explain({})).toMatchObject({ user: "boris", decision: "allow" });
    expect(await explain({ channel: "htpp" })).toMatchObject({ status: 400, fix: "Did you mean http?" });
    expect(await explain({ role: "viewer" })).toMatchObject({ decision: "deny" });
    expect(await explain({ role: "admin" })).toMatchObject({ code: "forbidden" });
    expect(await explain({ user: "anna" })).toMatchObject({ code: "forbidden" });
    expect(await explain({ skill: "test/svae" })).toMatchObject({
      code: "not_found",
      suggestion: "test/save",
    });
  });
});
