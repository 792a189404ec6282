// The trial before a run: what it lists is what is sent.
import { describe, expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import { isMadeUp, World } from "../../../test/world.ts";
import type { Step } from "../domain/skill.ts";

const post = (id: string, body: unknown = {}): Step => ({ id, kind: "http", with: { post: `/${id}`, body } });
const inner = aSkill({ id: "test/inner", hash: "inner", steps: [post("w")] });

const toPlaces = (sent: World["sent"]) => sent.map(({ url }) => url).toSorted();

describe("what depends on a write", () => {
  const first = post("first");
  const w = post("w");
  const get = (url: string): Step => ({ id: "page", kind: "http", with: { get: url } });
  const set = (text: string): Step => ({ id: "made", kind: "set", with: { text } });
  const all = (branch: readonly Step[]): Step => ({ id: "all", kind: "parallel", with: { x: branch } });
  const call: Step = {
    id: "call",
    kind: "skill",
    with: { run: "test/inner", input: { n: "${{ first.body.url }}" } },
  };
  const when = (condition: string, step: Step): Step => ({ ...step, if: condition });

  it.each<[string, readonly Step[], string]>([
    ["a called skill", [first, call], "call/w"],
    [
      "branches under a condition",
      [first, when("first.body.url == '/first'", all([post("w", "${{ first.body.url }}")]))],
      "all/x/w",
    ],
    ["a condition on its status", [first, when("first.status == 201", w)], "w"],
    ["a condition on whether it is there", [first, when("first.status != null && first != null", w)], "w"],
    [
      "what would forgive that it is missing",
      [first, post("w", "${{ coalesce(first.body.no, 'none') }}")],
      "w",
    ],
    ["its whole answer", [first, post("w", "${{ first }}")], "w"],
    ["what was made of it", [first, set("${{ first.status }}"), when("made.text != null", w)], "w"],
    ["branches that hold it", [all([first]), post("w", "${{ all }}")], "w"],
    ["a step inside branches that hold it", [all([first, post("w", "${{ first }}")])], "all/x/w"],
    ["a place that it changes", [first, get("/first/list"), post("w", "${{ page.body.url }}")], "w"],
  ])("%s is listed with all that it writes, and sent after the yes", async (_, steps, path) => {
    const world = new World();
    const run = await world.run([aSkill({ steps }), inner], ({ manifest }) => {
      const listed = manifest?.writes.map((write) => [write.step, write.entities === "unknown until run"]);
      expect(listed).toEqual([
        [expect.stringMatching(/first$/), false],
        [path, true],
      ]);
      expect(world.sent).toEqual([]);
    });
    expect(run).toMatchObject({ status: "succeeded", refusal: null });
    expect(toPlaces(world.sent)).toEqual(["/first", "/w"]);
    expect(world.sent.some(({ body }) => isMadeUp(body))).toBe(false);
  });

  it("is nothing that was read elsewhere, nor a condition that needs no look at it", async () => {
    const world = new World();
    const steps = [
      first,
      get("/elsewhere"),
      when("page.status == 201 || first.status == 1", post("w", "${{ page.body }}")),
    ];
    await world.run([aSkill({ steps })], ({ manifest }) => {
      expect(manifest?.writes.map((write) => write.entities)).toEqual([
        [{ id: "/first", label: "{}" }],
        [{ id: "/w", label: '{"url":"/elsewhere"}' }],
      ]);
    });
  });

  it("stays unknown when what holds it is tried again", async () => {
    const world = new World({ "/away": { awayFor: 3 } });
    const branch = [first, { ...get("/away"), id: "gone" }, when("first.status == 201", w)];
    await world.run(
      [aSkill({ steps: [{ ...all(branch), retry: { times: 1, delayMs: 1 } }] })],
      ({ manifest }) => {
        expect(manifest?.writes.map(({ step, total }) => [step, total])).toEqual([
          ["all/x/first", 1],
          ["all/x/w", null],
        ]);
      },
    );
    expect(toPlaces(world.sent)).toEqual(["/first", "/w"]);
  });
});

it("what depends on a write that was left out is not sent either, nor told", async () => {
  const world = new World();
  const steps = [post("first"), post("w", "${{ first.body }}"), post("other")];
  const output = { id: "${{ first.body.url }}", other: "${{ other.status }}" };
  const run = await world.run([aSkill({ steps, output })], () => ["first:1#/first"]);
  expect(toPlaces(world.sent)).toEqual(["/other"]);
  expect(run).toMatchObject({ status: "succeeded", result: { id: null, other: 201 } });
  expect(run.steps.map(({ path, status }) => [path, status])).toEqual([
    ["first", "skipped"],
    ["w", "skipped"],
    ["other", "succeeded"],
  ]);
});

it("a write that is no longer what was agreed to stops the run, though its step may fail", async () => {
  const world = new World();
  const steps: Step[] = [
    { ...post("first"), onError: "continue", retry: { times: 1, delayMs: 1 } },
    post("w"),
  ];
  const around: Step = { id: "all", kind: "parallel", onError: "continue", with: { x: steps } };
  const run = await world.run([aSkill({ steps: [around, post("after")] })], () => {
    const { preview } = world.http;
    world.http.preview = async (...asked) => ({ ...(await preview(...asked)), entities: [] });
  });
  expect(world.sent).toEqual([]);
  expect(run).toMatchObject({ status: "failed", refusal: { reason: "plan_drift" } });
});

describe("where nobody said what to do, a plan that may write", () => {
  const asked = { dryRun: true, goesOnIdle: true };
  const get = (url: string): Step => ({ id: "page", kind: "http", with: { get: url } });
  const when = (condition: string, step: Step): Step => ({ ...step, if: condition });
  const w = post("w");
  const all = (branch: readonly Step[]): Step => ({ id: "all", kind: "parallel", with: { x: branch } });
  const call: Step = { id: "call", kind: "skill", with: { run: "test/inner", input: {} } };

  it.each<[string, readonly Step[], string]>([
    ["and leaves every write out", [get("/a"), when("1 == 2", w)], "succeeded"],
    ["and leaves one out for what it read", [get("/a"), when("page.body.url == '/b'", w)], "succeeded"],
    ["and leaves out what holds writes", [when("1 == 2", all([w])), when("1 == 2", call)], "succeeded"],
    ["and writes", [get("/a"), w], "planned"],
    ["and writes in a skill that it calls", [call], "planned"],
    ["and writes one of two", [when("1 == 2", post("v")), w], "planned"],
    ["and writes after a read that may fail", [{ ...get("/away"), onError: "continue" }, w], "planned"],
    ["and cannot know one of them", [w, when("w.status == 0", post("v"))], "planned"],
  ])("%s: %s", async (_, steps, status) => {
    const world = new World({ "/away": { awayFor: 9 } });
    const run = await world.run([aSkill({ steps }), inner], undefined, asked);
    expect(run).toMatchObject({ status, refusal: null });
    expect(world.sent).toEqual([]);
  });

  it("sends nothing even where a second look would: the list is kept to", async () => {
    const world = new World({ "/away": { awayFor: 1 } });
    const steps = [{ ...get("/away"), onError: "continue" as const }, when("page.status == 201", post("w"))];
    const run = await world.run([aSkill({ steps })], undefined, asked);
    expect(world.sent).toEqual([]);
    expect(run.status).not.toBe("waiting");
  });

  it("is only tried where a trial was asked for", async () => {
    const steps = [when("1 == 2", w)];
    const run = await new World().run([aSkill({ steps })], undefined, { dryRun: true });
    expect(run.status).toBe("planned");
  });
});

it("a mistake of this program in a trial ends the run, and is reported", async () => {
  const world = new World();
  const mistake = new Error("a mistake");
  world.http.preview = () => Promise.reject(mistake);
  const run = await world.run([aSkill({ steps: [post("one")] })]);
  expect(run).toMatchObject({ status: "failed", refusal: { reason: "lost" } });
  expect(world.reported).toEqual([mistake]);
});
