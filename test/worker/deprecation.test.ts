// A skill that people have marked as outdated stays so, whatever becomes of its file.
import { describe, expect, it } from "vitest";
import { type Caller, toCaller } from "./caller.ts";

const aSkill = (description: string, more = "") =>
  `description: ${description}\nsteps:\n  - id: a\n    set: { b: "1" }\noutput: { b: "1" }\n${more}`;

const OLD = { path: "test/old.yaml", text: aSkill("Weather of yesterday") };
const NEW = { path: "test/new.yaml", text: aSkill("Weather of tomorrow") };

async function withFiles(): Promise<Caller> {
  const caller = await toCaller();
  await save(caller, OLD, NEW);
  return caller;
}

const save = (caller: Caller, ...files: readonly { path: string; text: string }[]) =>
  caller.ask("POST /registry/files", { json: { files, complete: true } });
const deprecate = (caller: Caller) =>
  caller.ask("POST /skills/test/old/deprecate", { json: { reason: "it rains", replacement_id: "test/new" } });
const markOf = async (caller: Caller) => (await caller.ask("GET /skills/test/old")).body["deprecated"];

const MARK = { reason: "it rains", replacement: "test/new" };

describe("a deprecated skill", () => {
  it("stays so when its files are loaded again, and when one of them is saved", async () => {
    const caller = await withFiles();
    expect((await deprecate(caller)).body).toEqual({ id: "test/old", deprecated: MARK });
    expect(await markOf(caller)).toEqual(MARK);
    await save(caller, OLD, NEW);
    expect(await markOf(caller)).toEqual(MARK);
    await save(caller, { ...OLD, text: aSkill("Weather of last week") }, NEW);
    expect((await caller.ask("GET /skills/test/old")).body).toMatchObject({
      description: "Weather of last week",
      deprecated: MARK,
    });
  });

  it("is one no longer when the mark is taken away, be it that of its own file", async () => {
    const caller = await withFiles();
    await deprecate(caller);
    const take = () => caller.ask("POST /skills/test/old/undeprecate", { json: {} });
    expect((await take()).body).toEqual({ id: "test/old", deprecated: null });
    expect(await markOf(caller)).toBeUndefined();
    const marked = { ...OLD, text: aSkill("Weather of yesterday", "deprecated: { reason: written }\n") };
    await save(caller, marked, NEW);
    expect(await markOf(caller)).toEqual({ reason: "written" });
    await take();
    await save(caller, marked, NEW);
    expect(await markOf(caller)).toBeUndefined();
    await deprecate(caller);
    expect(await markOf(caller)).toEqual(MARK);
  });

  it("keeps its mark in this tenant only", async () => {
    const [caller, other] = [await withFiles(), await withFiles()];
    await deprecate(caller);
    expect(await markOf(other)).toBeUndefined();
  });
});
