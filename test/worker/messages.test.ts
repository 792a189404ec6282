// A mail that a skill sends is a write to the outside: planned, agreed to, sent once, never blindly again.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, mailAnswers, mails, type Tenant } from "./tenant.ts";

const TO_ONE =
  '  - id: told\n    message: { to: volna@example.com, subject: Quote 1041, text: "Dear Volna" }\n';

let anna: Tenant;
beforeEach(async () => {
  anna = await aTenant();
});
const run = (name: string, body: object = {}) => anna.ask(`POST /skills/test/${name}/run`, body);

describe("a message", () => {
  it("leaves once, with an id of its own, to whom it is for", async () => {
    await anna.saveSkill("test/tell", TO_ONE);
    expect(await run("tell")).toMatchObject({ status: "succeeded" });
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail?.text).toContain("To: volna@example.com\r\nSubject: Quote 1041");
  });

  it("is shown whole by a trial, which sends nothing; practice sends nothing either", async () => {
    await anna.saveSkill("test/tell", TO_ONE);
    const planned = await run("tell", { dry_run: true });
    const { manifest } = planned["plan"] as { manifest: Body[] };
    expect(manifest).toMatchObject([
      {
        class: "write",
        target: "mail volna@example.com",
        total: 1,
        entities: [{ after: { to: "volna@example.com", subject: "Quote 1041", text: "Dear Volna" } }],
      },
    ]);
    expect(await run("tell", { practice: true })).toMatchObject({ status: "succeeded", data: "practice" });
    expect(await mails()).toEqual([]);
  });

  it("to more than ten waits for a yes, as any write to so many", async () => {
    const to = JSON.stringify(Array.from({ length: 11 }, (_, n) => `c${n}@example.com`));
    await anna.saveSkill("test/tell", `  - id: told\n    message: { to: ${to}, subject: Hi, text: Hi }\n`);
    const waiting = await run("tell");
    expect(waiting).toMatchObject({ status: "waiting", waiting_for: "approval" });
    const { id } = waiting["approval"] as { id: string };
    expect(await anna.ask(`POST /approvals/${id}`, { decision: "approve" })).toMatchObject({
      status: "succeeded",
    });
    expect(await mails()).toHaveLength(1);
  });

  it.each([["Volna <volna@example.com>"], ["a@b.example\\r\\nBcc: eve@example.com"], ["volna"]])(
    "to what is no address (%s) is refused, and nothing leaves",
    async (to) => {
      await anna.saveSkill(
        "test/tell",
        `  - id: told\n    message: { to: "${to}", subject: Hi, text: Hi }\n`,
      );
      expect(JSON.stringify(await run("tell"))).toContain("no mail address");
      expect(await mails()).toEqual([]);
    },
  );

  it("that may have left is asked about, and never sent again", async () => {
    await anna.saveSkill("test/tell", TO_ONE);
    await mailAnswers(599);
    const waiting = await run("tell");
    expect(waiting).toMatchObject({ status: "waiting", waiting_for: "outcome" });
    await mailAnswers(201);
    const done = await anna.ask(`POST /runs/${String(waiting["run_id"])}/resolve`, { happened: true });
    expect(done).toMatchObject({ status: "succeeded" });
    expect(await mails()).toHaveLength(1);
  });

  it("that surely did not leave has failed, and says so", async () => {
    await anna.saveSkill("test/tell", TO_ONE);
    await mailAnswers(503);
    expect(await run("tell")).toMatchObject({ status: "failed" });
    expect(await mails()).toEqual([]);
  });
});
