import { expect, it } from "vitest";
import type { Vectors } from "../../src/kernel/ports/vectors.ts";
import { MAX_HITS } from "../../src/kernel/ports/vectors.ts";

const MODEL = "m/1";

/** What every adapter of the port must do. `make` gives an empty one. */
export function vectorsContract(make: () => Promise<Vectors>): void {
  it("finds the nearest first, whatever their length", async () => {
    const vectors = await make();
    await vectors.save("ten_a", [
      { id: "east", model: MODEL, values: [10, 0] },
      { id: "north", model: MODEL, values: [0, 1] },
      { id: "north-east", model: MODEL, values: [1, 1] },
    ]);
    const hits = await vectors.search("ten_a", { model: MODEL, values: [0.2, 0], limit: 3 });
    expect(hits.map(({ id }) => id)).toEqual(["east", "north-east", "north"]);
    expect(hits.map(({ score }) => Number(score.toFixed(4)))).toEqual([
      1,
      Number(Math.SQRT1_2.toFixed(4)),
      0,
    ]);
  });

  it("keeps tenants and models apart, also under one id", async () => {
    const vectors = await make();
    await vectors.save("ten_a", [{ id: "x", model: MODEL, values: [1, 0] }]);
    await vectors.save("ten_b", [{ id: "x", model: MODEL, values: [0, 1] }]);
    await vectors.save("ten_a", [{ id: "x", model: "m/2", values: [0, 1] }]);
    expect(await vectors.search("ten_a", { model: MODEL, values: [1, 0], limit: 5 })).toEqual([
      { id: "x", score: 1 },
    ]);
    expect(await vectors.search("ten_c", { model: MODEL, values: [1, 0], limit: 5 })).toEqual([]);
    await vectors.remove("ten_a", MODEL, ["x"]);
    expect(await vectors.search("ten_a", { model: MODEL, values: [1, 0], limit: 5 })).toEqual([]);
    expect(await vectors.search("ten_b", { model: MODEL, values: [0, 1], limit: 5 })).toEqual([
      { id: "x", score: 1 },
    ]);
    expect(await vectors.search("ten_a", { model: "m/2", values: [0, 1], limit: 5 })).toEqual([
      { id: "x", score: 1 },
    ]);
  });

  it("replaces what is saved again, and gives no more than was asked for", async () => {
    const vectors = await make();
    await vectors.save("ten_a", [{ id: "x", model: MODEL, values: [1, 0] }]);
    await vectors.save("ten_a", [{ id: "x", model: MODEL, values: [-1, 0] }]);
    expect(await vectors.search("ten_a", { model: MODEL, values: [1, 0], limit: 1 })).toEqual([
      { id: "x", score: -1 },
    ]);
    await vectors.save(
      "ten_a",
      Array.from({ length: 50 }, (_, n) => ({ id: `n${n}`, model: MODEL, values: [n, 1] })),
    );
    expect(await vectors.search("ten_a", { model: MODEL, values: [1, 0], limit: 7 })).toHaveLength(7);
    expect(await vectors.search("ten_a", { model: MODEL, values: [1, 0], limit: 100 })).toHaveLength(
      MAX_HITS,
    );
  });

  it("tells what it keeps of a model, and keeps that model only", async () => {
    const vectors = await make();
    await vectors.save("ten_d", [
      { id: "x", model: MODEL, values: [1, 0] },
      { id: "y", model: MODEL, values: [0, 3] },
      { id: "z", model: "m/2", values: [1, 1, 1] },
    ]);
    expect([...(await vectors.listIds("ten_d", MODEL))].sort()).toEqual(["x", "y"]);
    expect(await vectors.load("ten_d", MODEL)).toMatchObject({ ids: ["x", "y"], size: 2 });
    await vectors.keepOnly("ten_d", "m/2");
    expect(await vectors.listIds("ten_d", MODEL)).toEqual([]);
    expect(await vectors.listIds("ten_d", "m/2")).toEqual(["z"]);
    await vectors.keepOnly("ten_d", null);
    expect(await vectors.listIds("ten_d", "m/2")).toEqual([]);
  });

  it("does not read again what one version keeps, and reads the next", async () => {
    const vectors = await make();
    const query = { model: MODEL, values: [1, 0], limit: 5 };
    await vectors.save("ten_e", [{ id: "x", model: MODEL, values: [1, 0] }]);
    expect(await vectors.search("ten_e", { ...query, version: "1" })).toHaveLength(1);
    await vectors.save("ten_e", [{ id: "y", model: MODEL, values: [1, 0] }]);
    expect(await vectors.search("ten_e", { ...query, version: "2" })).toHaveLength(2);
  });

  it("finds nothing with a vector of another length", async () => {
    const vectors = await make();
    await vectors.save("ten_f", [{ id: "x", model: MODEL, values: [1, 0] }]);
    expect(await vectors.search("ten_f", { model: MODEL, values: [1, 0, 0], limit: 5 })).toEqual([]);
  });

  it("takes nothing for nothing", async () => {
    const vectors = await make();
    await vectors.save("ten_a", []);
    await vectors.remove("ten_a", MODEL, ["never"]);
    expect(await vectors.search("ten_a", { model: MODEL, values: [1, 0], limit: 3 })).toEqual([]);
  });
}
