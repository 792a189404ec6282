// Reads a directory of routing data: one folder per set with skills.jsonl, train.jsonl and the rows to be judged.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface DataRow {
  readonly id: string;
  readonly query: string;
  readonly skill: string | null;
  readonly lang: string;
  readonly alt?: readonly string[];
  readonly cand?: readonly string[];
}

export interface DataSkill {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly params?: string;
}

export interface DataSet {
  readonly name: string;
  readonly skills: readonly DataSkill[];
  readonly train: readonly DataRow[];
  readonly judged: readonly DataRow[];
}

export function loadSets(directory: string, split: string): DataSet[] {
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => ({
    name,
    skills: loadLines<DataSkill>(join(directory, name, "skills.jsonl")),
    train: loadLines<DataRow>(join(directory, name, "train.jsonl")),
    judged: loadLines<DataRow>(join(directory, name, `${split}.jsonl`)),
  }));
}

function loadLines<Line>(path: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Line); // the caller names the format
}

/** Per skill the k examples with the smallest hash of seed and text: the same draw for everyone. */
export function drawExamples(train: readonly DataRow[], k: number, seed: number): DataRow[] {
  const bySkill = new Map<string, DataRow[]>();
  for (const row of train)
    if (row.skill !== null) bySkill.set(row.skill, [...(bySkill.get(row.skill) ?? []), row]);
  return [...bySkill.values()].flatMap((rows) => {
    const keyed = rows.map((row) => ({
      row,
      key: createHash("sha256").update(`${seed}|${row.query}`).digest("hex"),
    }));
    return keyed
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .slice(0, k)
      .map(({ row }) => row);
  });
}
