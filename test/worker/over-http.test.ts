// Through the application itself: keys, tenants, files, questions, feedback and logs, as a caller sees them.
import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Caller, toCaller } from "./caller.ts";

const ASKING = `description: { en: Delete old things, ru: Удалить старое }
steps:
  - id: remove
    sql: delete from things where n > 0
approval: { ask: always, by: owner }
output: { deleted: "\${{ remove.changes }}" }
`;

async function withQuestion(): Promise<{ caller: Caller; id: string; runId: string }> {
  const caller = await toCaller();
  await caller.ask("POST /data/things", { raw: "n\n1\n2\n", headers: { "content-type": "text/csv" } });
  await caller.ask("POST /registry/files", { json: { files: [{ path: "test/clean.yaml", text: ASKING }] } });
  const { body } = await caller.ask("POST /skills/test/clean/run", { json: {} });
  const { run_id, approval } = z
    .object({ run_id: z.string(), approval: z.object({ id: z.string() }) })
    .parse(body);
  return { caller, id: approval.id, runId: run_id };
}

describe("a question that waits for a yes", () => {
  it("is decided once, whoever of fifty is first", async () => {
    const { caller, id } = await withQuestion();
    expect((await caller.ask("GET /approvals")).body).toMatchObject({
      approvals: [
        { id, short_id: `r-${id.slice(-6)}`, title: "Delete old things", entities: 2, asked_by: "owner" },
      ],
    });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        caller.ask(`POST /approvals/${id}`, { json: { decision: n % 2 === 0 ? "approve" : "deny" } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort((left, right) => left - right)).toEqual([
      200,
      ...Array.from({ length: 49 }, () => 409),
    ]);
    expect((await caller.ask("GET /approvals")).body).toEqual({ approvals: [] });
    expect((await caller.ask(`GET /approvals/${id}`)).body).toMatchObject({ decided: true });
  });

  it("is not there for another tenant, and not for a role that may not decide", async () => {
    const { caller, id } = await withQuestion();
    const [stranger, member] = [await toCaller(), await toCaller("member", caller)];
    const decision = { json: { decision: "approve" } };
    expect((await stranger.ask(`POST /approvals/${id}`, decision)).status).toBe(404);
    expect((await stranger.ask(`GET /approvals/${id}`)).status).toBe(404);
    expect((await member.ask(`POST /approvals/${id}`, decision)).status).toBe(403);
    expect(
      (await caller.ask("POST /approvals/apr_9999999_01m7yrhveb0w7wx4earszv5f3z", decision)).status,
    ).toBe(404);
    const short = `POST /approvals/r-${id.slice(-6)}`;
    expect((await stranger.ask(short, decision)).status).toBe(404);
    expect((await caller.ask(short, decision)).body).toMatchObject({
      status: "succeeded",
      result: { deleted: 2 },
    });
  });

  it("ends with the run that is cancelled; both stand in the audit", async () => {
    const { caller, id, runId } = await withQuestion();
    expect((await caller.ask(`POST /runs/${runId}/cancel`)).body).toMatchObject({
      run_id: runId,
      status: "cancelled",
    });
    expect(
      (await caller.ask(`POST /approvals/${id}`, { json: { decision: "approve" } })).status,
    ).toBeGreaterThanOrEqual(404);
    expect((await caller.ask("GET /audit?action=run.cancel")).body).toMatchObject({
      entries: [{ action: "run.cancel", target: runId, user: "owner" }],
    });
  });
});

describe("a run's log", () => {
  it("streams to its end and goes on after the last event that was read", async () => {
    const caller = await toCaller();
    const { body } = await caller.ask("POST /skills/test/double/run", { json: { input: { n: 4 } } });
    const whole = await caller.ask(`GET /runs/${String(body["run_id"])}/events`);
    expect(whole.headers.get("content-type")).toContain("text/event-stream");
    const ids = [...whole.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index));
    expect(whole.text).toContain("event: end");
    const rest = await caller.ask(`GET /runs/${String(body["run_id"])}/events`, {
      headers: { "last-event-id": "1" },
    });
    expect([...rest.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual(ids.slice(2));
  });

  it("is an execution log of the AI Operating System", async () => {
    const caller = await toCaller();
    const { body } = await caller.ask("POST /skills/test/double/run", { json: { input: { n: 4 } } });
    expect((await caller.ask(`GET /runs/${String(body["run_id"])}/execution-log`)).body).toMatchObject({
      execution_id: body["run_id"],
      daemon_id: "test/double",
      status: "success",
      stages: [
        { name: "sum", status: "success", cost: { tokens: 0, credits: 0, usd: 0 }, output: { twice: 8 } },
      ],
      total_cost: { credits: 0, usd: 0 },
    });
  });

  it("of a job says when it was queued and finished", async () => {
    const caller = await toCaller();
    const { status, body } = await caller.ask("POST /skills/test/double/run", {
      json: { input: { n: 4 }, async: true },
    });
    expect(status).toBe(202);
    const { text } = await caller.ask(`GET /runs/${String(body["run_id"])}/events`);
    expect([...text.matchAll(/^event: (job_\w+)$/gm)].map(([, name]) => name)).toEqual([
      "job_queued",
      "job_finished",
    ]);
  });

  it("of all runs is read by cursor, each event once", async () => {
    const caller = await toCaller();
    for (let n = 0; n < 3; n += 1)
      await caller.ask("POST /skills/test/double/run", { json: { input: { n } } });
    const all = (await caller.ask("GET /events?limit=1000")).body;
    const read: unknown[] = [];
    for (let since = "", more = true; more; ) {
      const page = z
        .object({ events: z.array(z.unknown()), next: z.string(), more: z.boolean() })
        .parse((await caller.ask(`GET /events?limit=2&since=${since}`)).body);
      read.push(...page.events);
      [since, more] = [page.next, page.more];
    }
    expect(read).toEqual(all["events"]);
    expect((await (await toCaller()).ask("GET /events")).body).toMatchObject({ events: [] });
    expect((await caller.ask("GET /events?since=17")).status).toBe(400);
  });
});

describe("files", () => {
  it("come back as a download to their own tenant", async () => {
    const caller = await toCaller();
    const { status, body } = await caller.ask("POST /attachments?filename=%D1%81%D1%87%D1%91%D1%82.html", {
      raw: "<b>",
      headers: { "content-type": "text/html" },
    });
    expect([status, body]).toMatchObject([201, { name: "счёт.html", type: "text/html", size: 3 }]);
    const path = `GET /files/${String(body["sha256"])}`;
    const file = await caller.ask(path);
    expect([file.text, file.headers.get("x-content-type-options")]).toEqual(["<b>", "nosniff"]);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; .*filename\*=UTF-8''%D1%81/);
    expect((await (await toCaller()).ask(path)).status).toBe(404);
  });

  it("that are too large are refused", async () => {
    const caller = await toCaller();
    const over = caller.platform.limits.attachmentBytes + 1;
    expect((await caller.ask("POST /attachments", { raw: new Uint8Array(over) })).status).toBe(413);
    expect((await caller.ask("POST /attachments", { raw: "" })).status).toBe(400);
  });
});

describe("feedback", () => {
  it("moves the next such request, and one person counts once", async () => {
    const caller = await toCaller();
    const other = `description: { en: Weather in a city, ru: Погода в городе }\nsteps:\n  - id: a\n    set: { b: "1" }\noutput: { b: "1" }\n`;
    await caller.ask("POST /registry/files", {
      json: { files: [{ path: "test/weather.yaml", text: other }] },
    });
    const learn = () =>
      caller.ask("POST /feedback", {
        json: { query: "Frobnicate the  gizmo", skill: "test/double", expected_skill_id: "test.weather" },
      });
    expect((await learn()).body).toMatchObject({ status: "learned", correction: true });
    await learn();
    const { results } = await env.DB.prepare("select query from feedback where tenant = ?")
      .bind(caller.tenant)
      .all();
    expect(results).toMatchObject([{ query: expect.stringMatching(/^s1\.1\./) }]);
    expect((await caller.ask("POST /run", { json: { query: "frobnicate the gizmo" } })).body).toMatchObject({
      skill: "test/weather",
    });
    expect((await caller.ask("GET /events")).text).not.toContain("gizmo");
    expect(
      (await caller.ask("POST /feedback", { json: { query: "x", expected_skill_id: "not/there" } })).status,
    ).toBe(404);
  });
});

it("makes tenants for nobody but the operator", async () => {
  const caller = await toCaller();
  expect((await caller.ask("POST /tenants", { json: { name: "mine" } })).status).toBe(403);
});

describe("a table that a person brings", () => {
  const csv = { "content-type": "text/csv" };
  const bring = async (caller: Caller, rows: string) =>
    caller.ask("POST /data/batches", { raw: `received_at;cost\n${rows}\n`, headers: csv });

  it("has its days sorted, however they were written", async () => {
    const caller = await toCaller();
    expect((await bring(caller, "18.11.2026;900\n30.09.2026;700")).body).toMatchObject({
      replaced: null,
      replaced_rows: 0,
    });
    const latest = `description: x
steps:
  - id: last
    sql: select * from batches order by received_at desc limit 1
output: { row: "\${{ last.first }}" }
`;
    await caller.ask("POST /registry/files", {
      json: { files: [{ path: "test/latest.yaml", text: latest }] },
    });
    const { body } = await caller.ask("POST /skills/test/latest/run", { json: {} });
    expect(body).toMatchObject({ result: { row: { received_at: "2026-11-18", cost: 900 } } });
  });

  it("is refused with row and column where text stands among numbers, and nothing is replaced", async () => {
    const caller = await toCaller();
    await bring(caller, "18.11.2026;900");
    const refused = await bring(caller, "18.11.2026;900\n19.11.2026;дорого");
    expect(refused).toMatchObject({ status: 400, body: { field: "cost" } });
    expect(refused.body["detail"]).toContain('Row 2, column cost: "дорого" is no number');
    expect(refused.body["fix"]).toContain("data drop batches");
    const undated = await bring(caller, "500;20");
    expect(undated).toMatchObject({ status: 400, body: { field: "received_at" } });
    expect(undated.body["detail"]).toContain('Row 1, column received_at: "500" is no date');
    const shifted = await bring(caller, "18.11.2026;900;50");
    expect(shifted).toMatchObject({ status: 400, body: { title: expect.anything() } });
    expect(shifted.body["detail"]).toBe("Line 2 has another number of fields (3) than the first line (2).");
    expect((await caller.ask("GET /data")).body).toMatchObject({ tables: [{ name: "batches", rows: 1 }] });
    expect((await bring(caller, "18.11.2026;")).body).toMatchObject({
      rows: 1,
      replaced: "own",
      replaced_rows: 1,
    });
  });
});
