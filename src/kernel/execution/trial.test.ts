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
  it.each<[string, Step, string]>([
    [
      "a called skill",
      { id: "call", kind: "skill", with: { run: "test/inner", input: { n: "${{ first.body.url }}" } } },
      "call/w",
    ],
    [
      "a parallel under a condition",
      {
        id: "all",
        kind: "parallel",
        if: "${{ first.body.url == '/first' }}",
        with: { x: [post("w", "${{ first.body.url }}")] },
      },
      "all/x/w",
    ],
  ])("%s is listed with all that it holds, and sent after the yes", async (_, step, path) => {
    const world = new World();
    const run = await world.run([aSkill({ steps: [first, step] }), inner], ({ manifest }) => {
      expect(manifest?.writes.map((write) => [write.step, write.entities === "unknown until run"])).toEqual([
        ["first", false],
        [path, true],
      ]);
      expect(world.sent).toEqual([]);
    });
    expect(run).toMatchObject({ status: "succeeded", refusal: null });
    expect(toPlaces(world.sent)).toEqual(["/first", "/w"]);
    expect(world.sent.some(({ body }) => isMadeUp(body))).toBe(false);
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
