// Scores the router on a directory of routing data and writes one JSON file and a table.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type DataSet, loadSets } from "./eval-routing/data.ts";
import { measureCalibration } from "./eval-routing/measures.ts";
import {
  judgeCorrections,
  judgeFewShot,
  judgeNearOutOfScope,
  judgeRussianOutOfScope,
  judgeUnion,
  judgeZeroShot,
} from "./eval-routing/settings.ts";
import type { Judged, SetFigures } from "./eval-routing/score.ts";
import { measureSpeed } from "./eval-routing/speed.ts";
import { toTable } from "./eval-routing/table.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    split: { type: "string", default: "dev" },
    out: { type: "string" },
    only: { type: "string" },
  },
});
if (!values.data) {
  console.error("usage: npm run eval:routing -- --data DIR [--split dev] [--out FILE] [--only SET,SET]");
  process.exit(2);
}

const only = values.only?.split(",");
const isWanted = (name: string): boolean => !only || only.includes(name);
const sets = loadSets(values.data, values.split);
const pool: Judged[] = [];
const figures: Record<string, SetFigures> = {};

function add(name: string, judge: () => SetFigures | null): void {
  if (!isWanted(name)) return;
  const found = judge();
  if (!found) return;
  figures[name] = found;
  console.error(`${name} done`);
}

const isFewShot = (set: DataSet): boolean => set.train.length > 0;
for (const set of sets) {
  if (set.skills.length > 0 && set.judged.length > 0)
    add(set.name, () => (isFewShot(set) ? judgeFewShot(set, pool) : judgeZeroShot(set)));
}
add("union", () => judgeUnion(sets.filter(isFewShot)));
add("corrections", () => judgeCorrections(sets.find((set) => set.name === "metatool")));
add("near-oos", () => judgeNearOutOfScope(sets.find((set) => set.name === "clinc150")));
add("oos-ru-rubq", () => judgeRussianOutOfScope(sets));

const result = {
  sets: figures,
  calibration: measureCalibration(pool),
  ...(isWanted("speed") ? measureSpeed(sets.filter(isFewShot)) : {}),
};
if (values.out) writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
console.log(toTable(result));
