// How well requests are understood: the golden set, and one that nobody tuned on, through GET /route and trial runs on
// practice data. The judging is that of `skillos metrics --golden`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type GoldenAnswer,
  type GoldenRow,
  toGoldenRow,
  toSummary,
} from "../../src/channels/cli/files/golden.ts";
import { type Json, toJson, toJsonList, toNumber, toText } from "../../src/channels/cli/json.ts";
import { root } from "../lib/bootstrap.mjs";
import { percentile } from "../lib/chance.ts";
import { parseBody, type ServerProcess } from "../lib/server-process.ts";
import type { Figure } from "./figure.ts";
import type { Scene } from "./scene.ts";

const SETS = { golden: "golden_queries.json", holdout: "golden_holdout.json" } as const;
type SetName = keyof typeof SETS;

/** The holdout may be this much worse. */
const APART = 3;
/** The short form asks every so many rows: some of every kind. */
const SHORT_EVERY = 15;
const HEALTH_ASKED = 100;

const MEASURES = [
  { key: "top1", name: "right skill first, found", floor: 90, aim: 95 },
  { key: "top3", name: "right skill among three", floor: 97, aim: 99 },
  { key: "no_skill_found", name: "out of scope refused", floor: 90, aim: 95 },
  { key: "values", name: "values right", floor: 90, aim: 95 },
] as const;

function loadRows(name: SetName): GoldenRow[] {
  const file = join(root, "test", "fixtures", SETS[name]);
  const rows = JSON.parse(readFileSync(file, "utf8")) as unknown[]; // Ours: a list of objects.
  return rows.map((row) => toGoldenRow(toJson(row)));
}

async function askOne(server: ServerProcess, row: GoldenRow): Promise<GoldenAnswer> {
  const path = `GET /route?q=${encodeURIComponent(row.query)}`;
  const started = performance.now();
  const { text } = await server.send(path);
  const latencyMs = performance.now() - started;
  const routed: Json = parseBody(text);
  const isFound = routed["decision"] !== "no_skill_found";
  const candidates = toJsonList(routed["candidates"]).map((one) => ({
    skill: toText(one["skill"]),
    confidence: toNumber(one["confidence"]) ?? 0,
  }));
  const isRight = isFound && row.skill !== null && candidates[0]?.skill === row.skill;
  const understood = isRight ? await understand(server, row) : {};
  return {
    row,
    candidates,
    isFound,
    latencyMs,
    input: isRight ? toJson(understood["input"]) : null,
    read: toJsonList(understood["understood"]).map((one) => toText(one["name"])),
  };
}

/** Nothing leaves, nothing changes, no limit stops it. */
async function understand(server: ServerProcess, { query, skill }: GoldenRow): Promise<Json> {
  const { text } = await server.send("POST /run", { query, skill, dry_run: true, practice: true });
  return parseBody(text);
}

/** What the way there and back costs by itself, p95. */
async function timeHealth(server: ServerProcess): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < HEALTH_ASKED; n += 1) {
    const started = performance.now();
    await server.send("GET /health");
    times.push(performance.now() - started);
  }
  return percentile(times, 0.95);
}

/** A first guess that was then not believed helps nobody: it counts among three, not as the first. */
function judge(answers: readonly GoldenAnswer[]): Json {
  const believed = answers.map((one) => (one.isFound ? one : { ...one, candidates: [] }));
  return { ...toSummary(answers), top1: toSummary(believed)["top1"] };
}

function toFigures(name: SetName, summary: Json, reference: Json | null): Figure[] {
  const read = (from: Json, key: string): number =>
    toNumber(key === "values" ? toJson(from["values"])["percent"] : from[key]) ?? Number.NaN;
  const shares = MEASURES.map(({ key, name: what, floor, aim }): Figure => {
    const beside = reference === null ? undefined : read(reference, key);
    return {
      name: `${name}: ${what}`,
      value: read(summary, key),
      unit: "%",
      better: "more",
      ...(beside === undefined ? { floor, aim } : { reference: beside, floor: beside - APART, aim: beside }),
    };
  });
  const invented = toNumber(summary["invented"]) ?? Number.NaN;
  return [
    ...shares,
    { name: `${name}: values invented`, value: invented, unit: "", floor: 0, aim: 0, better: "less" },
  ];
}

export async function measureGolden(scene: Scene): Promise<Figure[]> {
  const asked: Record<SetName, GoldenAnswer[]> = { golden: [], holdout: [] };
  for (const name of ["golden", "holdout"] as const) {
    const rows = loadRows(name);
    const taken = scene.rounds === 1 ? rows.filter((_, at) => at % SHORT_EVERY === 0) : rows;
    for (const row of taken) asked[name].push(await askOne(scene.server, row));
  }
  const golden = judge(asked.golden);
  const latency = toNumber(toJson(toSummary([...asked.golden, ...asked.holdout])["latency_ms"])["p95"]);
  return [
    ...toFigures("golden", golden, null),
    ...toFigures("holdout", judge(asked.holdout), golden),
    {
      name: "GET /route over HTTP, p95",
      value: latency ?? Number.NaN,
      unit: "ms",
      reference: await timeHealth(scene.server),
      better: "less",
      note: "the reference is GET /health, asked the same way",
    },
  ];
}
