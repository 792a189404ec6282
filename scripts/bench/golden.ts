// How well requests are understood: by the pure kernel over the skills of this repository, at the time the rows were asked.
// What the served way costs is measured beside it. The judging is that of `skillos metrics --golden`.
import { join } from "node:path";
import { type GoldenAnswer, toJudged } from "../../src/channels/cli/files/golden.ts";
import { type Json, toNumber } from "../../src/channels/cli/json.ts";
import { askLocally } from "../eval-golden/ask.ts";
import { loadCatalogue } from "../eval-golden/catalogue.ts";
import { FLOORS, loadSets } from "../eval-golden/sets.ts";
import { root } from "../lib/bootstrap.mjs";
import type { ServerProcess } from "../lib/server-process.ts";
import { percentile } from "../lib/statistics.ts";
import type { Figure } from "./figure.ts";
import type { Scene } from "./scene.ts";

/** A set that nobody tuned on may be this much worse. */
const APART = 3;
/** The short form asks every so many rows: some of every kind. */
const SHORT_EVERY = 15;
const TIMED = 100;

const MEASURES = [
  { key: "top1", name: "right skill first, found", aim: 95 },
  { key: "top3", name: "right skill among three", aim: 99 },
  { key: "no_skill_found", name: "out of scope refused", aim: 95 },
  { key: "values", name: "values right", aim: 95 },
] as const;

/** p95 of a path asked again and again, one at a time. */
async function timePaths(server: ServerProcess, paths: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (const path of paths) {
    const started = performance.now();
    await server.send(`GET ${path}`);
    times.push(performance.now() - started);
  }
  return percentile(times, 0.95);
}

function toFigures(name: string, summary: Json, reference: Json | null): Figure[] {
  const read = (from: Json, key: string): number => toNumber(from[key]) ?? Number.NaN;
  const shares = MEASURES.map(({ key, name: what, aim }): Figure => {
    const beside = reference === null ? undefined : read(reference, key);
    return {
      name: `${name}: ${what}`,
      value: read(summary, key),
      unit: "%",
      better: "more",
      ...(beside === undefined
        ? { floor: FLOORS[key], aim }
        : { reference: beside, floor: beside - APART, aim: beside }),
    };
  });
  const invented = read(summary, "invented");
  return [
    ...shares,
    { name: `${name}: values invented`, value: invented, unit: "", floor: 0, aim: 0, better: "less" },
  ];
}

export async function measureGolden(scene: Scene): Promise<Figure[]> {
  const catalogue = loadCatalogue(join(root, "skills"));
  const asked = loadSets().map(({ name, rows }): { name: string; answers: readonly GoldenAnswer[] } => {
    const taken = scene.rounds === 1 ? rows.filter((_, at) => at % SHORT_EVERY === 0) : rows;
    return { name, answers: taken.map((row) => askLocally(catalogue, row)) };
  });
  const golden = toJudged(asked.find(({ name }) => name === "golden")?.answers ?? []);
  const figures = asked.flatMap(({ name, answers }) =>
    toFigures(name, toJudged(answers), name === "golden" ? null : golden),
  );
  const queries = asked.flatMap(({ answers }) => answers.map(({ row }) => row.query)).slice(0, TIMED);
  const toPath = (query: string): string => `/route?q=${encodeURIComponent(query)}`;
  const routes = queries.map(toPath);
  // The first sentence of an isolate loads or makes the index: what that costs is another figure. No request is answered from what is kept.
  await timePaths(
    scene.server,
    queries.map((query) => toPath(`${query} please`)),
  );
  return [
    ...figures,
    {
      name: "GET /route over HTTP, p95",
      value: await timePaths(scene.server, routes),
      unit: "ms",
      reference: await timePaths(
        scene.server,
        routes.map(() => "/health"),
      ),
      better: "less",
      note: "the reference is GET /health, asked the same way",
    },
  ];
}
