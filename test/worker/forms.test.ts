// A run that asks a person in its course: it waits, takes an answer of the right types once, and goes on with it.
import { env, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, type Tenant, until, visits } from "./tenant.ts";

const READ = "  - id: page\n    http: { get: /price, connector: sink }\n";
const FORM = `  - id: who
    form:
      ask: { en: "Whom to ship to?", ru: "Кому отправить?" }
      fields:
        kg: { type: number, above: 0, ask: "How many kilograms?" }
        day: { type: date, ask: { en: "Which day?", ru: "В какой день?" } }
        size: { type: choice, one_of: [small, large], default: small }
        note: { type: text, optional: true }
`;
const SEND =
  '  - id: sent\n    http: { post: /ship, connector: sink, body: { kg: "${{ who.kg * 2 }}", day: "${{ who.day }}", size: "${{ who.size }}" } }\n';
const OUTPUT = 'output: { kg: "${{ who.kg }}", note: "${{ who.note }}" }\n';

let anna: Tenant;
beforeEach(async () => {
  anna = await aTenant();
});

const start = async (body: object = {}): Promise<{ run: string; body: Body }> => {
  const started = await anna.ask("POST /skills/test/ship/run", body);
  return { run: String(started["run_id"]), body: started };
};
const say = (run: string, input: object, who: Tenant = anna) =>
  who.ask(`POST /runs/${run}/answer`, { input });
const posts = async () => (await visits()).filter(({ method }) => method === "POST");

describe("a form", () => {
  beforeEach(() => anna.saveSkill("test/ship", READ + FORM + SEND, OUTPUT));

  it("tells what it asks, and its answer is the step's value", async () => {
    const { run, body } = await start();
    expect(body).toMatchObject({
      status: "waiting",
      waiting_for: "input",
      form: { ask: "Whom to ship to?" },
      missing: [
        { name: "kg", ask: "How many kilograms?", schema: { type: "number", exclusiveMinimum: 0 } },
        { name: "day", schema: { format: "date" } },
        { name: "size", schema: { enum: ["small", "large"] }, optional: true },
        { name: "note", optional: true },
      ],
    });
    expect(await posts()).toEqual([]);
    const done = await say(run, { kg: "2,5", day: "2026-12-01" });
    expect(done).toMatchObject({ status: "succeeded", result: { kg: 2.5, note: null } });
    expect((await posts()).map((visit) => JSON.parse(visit.body))).toEqual([
      { kg: 5, day: "2026-12-01", size: "small" },
    ]);
    // What came before the question was read once.
    expect((await visits()).filter(({ method }) => method === "GET")).toHaveLength(1);
    expect((await say(run, { kg: 1, day: "2026-12-01" })).status).toBe(409);
  });

  it.each([
    [{ kg: -1, day: "2026-12-01" }, "kg"],
    [{ kg: 1, day: "yesterday or so" }, "day"],
    [{ kg: 1, day: "2026-12-01", size: "huge" }, "size"],
    [{ kg: 1 }, "day"],
    [{ kg: 1, day: "2026-12-01", colour: "red" }, "colour"],
  ])("does not take %j for an answer: it says what is wrong and waits on", async (input, field) => {
    const { run } = await start();
    const refused = await say(run, input);
    expect(refused).toMatchObject({ status: 400, code: "input_invalid", field });
    expect(String(refused["fix"])).not.toBe("");
    expect(await anna.ask(`GET /runs/${run}`)).toMatchObject({ status: "waiting" });
  });

  it("is answered by whoever asked or answers for all, and is not there for another tenant", async () => {
    const [mia, vera] = [await anna.join("mia", "member"), await anna.join("vera", "viewer")];
    const { run } = await start();
    const answer = { kg: 1, day: "2026-12-01" };
    for (const who of [mia, vera]) expect((await say(run, answer, who)).status).toBe(403);
    expect(await say(run, answer, await aTenant())).toMatchObject({ status: 404 });
    expect(await say(run, answer)).toMatchObject({ status: "succeeded" });
  });

  it("is not asked by a trial: what depends on it is unknown until the run", async () => {
    const { body } = await start({ dry_run: true });
    expect(body).toMatchObject({
      status: "planned",
      plan: { manifest: [{ step: "sent", entities: "unknown until run" }] },
    });
  });

  it("takes one of twenty answers at once", async () => {
    const { run } = await start();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => say(run, { kg: n + 1, day: "2026-12-01" })),
    );
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await posts()).toHaveLength(1);
  });
});

it("that comes before a write which needs a yes is asked first, and once", async () => {
  await anna.saveSkill("test/ship", FORM + SEND, `approval: { ask: always }\n${OUTPUT}`);
  const { run } = await start();
  const asked = await say(run, { kg: 3, day: "2026-12-01" });
  expect(asked).toMatchObject({ status: "waiting", waiting_for: "approval" });
  const { manifest } = asked["plan"] as { manifest: { entities: Body[] }[] };
  expect(JSON.stringify(manifest)).toContain("2026-12-01");
  const { id } = asked["approval"] as { id: string };
  expect(await anna.ask(`POST /approvals/${id}`, { decision: "approve" })).toMatchObject({
    status: "succeeded",
    result: { kg: 3 },
  });
  expect(await posts()).toHaveLength(1);
});

it("that nobody answers in time ends the run", async () => {
  await anna.saveSkill("test/ship", FORM.replace("fields:", "expires: 1ms\n      fields:") + SEND, OUTPUT);
  const { run } = await start();
  expect(await say(run, { kg: 1, day: "2026-12-01" })).toMatchObject({ status: 410 });
  await runInDurableObject(env.RUNNER.getByName(`${anna.id}/${run.split("_")[1]}`), (runner) =>
    runner.alarm(),
  );
  const ended = await until(async () => {
    const now = await anna.ask(`GET /runs/${run}`);
    return now["status"] === "waiting" ? null : now;
  });
  expect(ended).toMatchObject({ status: "failed", problem: { code: "gone" } });
  expect(await posts()).toEqual([]);
});

it("with a field of no type there is says so where it stands", async () => {
  const steps = "  - id: who\n    form: { fields: { kg: { type: weight } } }\n";
  const refused = await anna.ask("PUT /skills/test/ship", `description: A test\nsteps:\n${steps}`);
  expect(refused).toMatchObject({ status: 400, code: "skill_invalid" });
});
