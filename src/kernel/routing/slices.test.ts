import { expect, it } from "vitest";
import { doAtOnce, doInSlices, type Slices } from "./slices.ts";

function* count(to: number, done: number[]): Slices<string> {
  for (let at = 1; at <= to; at++) {
    done.push(at);
    yield;
  }
  return "done";
}

it("comes to the same at once and in slices, and others have their turn before each", async () => {
  const done: number[] = [];
  expect(doAtOnce(count(3, []))).toBe("done");
  const seen: number[] = [];
  const pause = async () => seen.push(done.length) > 0;
  expect(await doInSlices(count(3, done), pause)).toBe("done");
  expect(seen).toEqual([0, 1, 2, 3]);
});

it("stops where nobody wants it any more", async () => {
  const done: number[] = [];
  expect(await doInSlices(count(9, done), async () => done.length < 2)).toBeNull();
  expect(done).toEqual([1, 2]);
});
