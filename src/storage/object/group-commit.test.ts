import { expect, it } from "vitest";
import { GroupCommit } from "./group-commit.ts";

it("waits for nobody when it is alone", () => {
  const group = new GroupCommit();
  const written: string[] = [];
  const leave = group.enter();
  void group.add(() => written.push("a"));
  expect(written).toEqual(["a"]);
  leave();
});

it("writes in one turn what ends while others are still inside", async () => {
  const group = new GroupCommit();
  const turns: string[][] = [];
  let turn: string[] = [];
  const add = (name: string) =>
    group.add(() => {
      if (turn.length === 0) {
        const current = turn;
        queueMicrotask(() => {
          turns.push(current);
          turn = [];
        });
      }
      turn.push(name);
    });
  const leaves = [group.enter(), group.enter(), group.enter()];
  const all = [add("a"), add("b")];
  expect(turns).toEqual([]);
  all.push(add("c"));
  await Promise.all(all);
  expect(turns).toEqual([["a", "b", "c"]]);
  for (const leave of leaves) leave();
});

it("does not wait for ever for those who write nothing", async () => {
  const group = new GroupCommit();
  group.enter();
  group.enter();
  let written = false;
  await group.add(() => {
    written = true;
  });
  expect(written).toBe(true);
});

it("tells a write that fails, and writes the others", async () => {
  const group = new GroupCommit();
  const written: string[] = [];
  for (let n = 0; n < 3; n += 1) group.enter();
  const outcomes = await Promise.allSettled([
    group.add(() => written.push("a")),
    group.add(() => {
      throw new Error("the row is too big");
    }),
    group.add(() => written.push("c")),
  ]);
  expect(written).toEqual(["a", "c"]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
