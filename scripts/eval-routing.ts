// Scores the router on a directory of routing data and writes one JSON file and a table.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureCurve } from "./eval-routing/curve.ts";
import { type Confusion, countConfusions } from "./eval-routing/confusions.ts";
import { type DataSet, loadSets } from "./eval-routing/data.ts";
import { useEmbeddings } from "./eval-routing/embeddings.ts";
import { measureCalibration } from "./eval-routing/measures.ts";
import {
  judgeCorrections,
  judgeFewShot,
  judgeNearOutOfScope,
  judgeRussianOnEnglish,
  judgeRussianOutOfScope,
  judgeUnion,
  judgeZeroShot,
  type Setting,
} from "./eval-routing/settings.ts";
import { REFERENCE_NAMES, withReference } from "./eval-routing/references.ts";
import type { Judged, SetFigures } from "./eval-routing/score.ts";
import { measureSpeed } from "./eval-routing/speed.ts";
import { toTable } from "./eval-routing/table.ts";
import { toTables } from "./eval-routing/tables.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    split: { type: "string", default: "dev" },
    out: { type: "string" },
    only: { type: "string" },
    embeddings: { type: "string" },
    references: { type: "boolean", default: false },
  },
});
if (!values.data) {
  console.error(
    "usage: npm run eval:routing -- --data DIR [--split dev] [--out FILE] [--only SET,SET] [--embeddings stand-in|meaning|FILE] [--references]",
  );
  process.exit(2);
}

if (values.embeddings) await useEmbeddings(values.embeddings);
const only = values.only?.split(",");
const isWanted = (name: string): boolean => !only || only.includes(name);
const sets = loadSets(values.data, values.split);
const pool: Judged[] = [];
const confusions: Record<string, readonly Confusion[]> = {};
const figures: Record<string, SetFigures> = {};

function add(name: string, judge: () => SetFigures | null): void {
  if (!isWanted(name)) return;
  const found = judge();
  if (!found) return;
  figures[name] = found;
  console.error(`${name} done`);
}

const tableFor = toTables(loadSets(values.data, "dev"));
const toSetting = (set: DataSet): Setting => ({ set, table: tableFor([set.name]) });
const addOf = (name: string, set: DataSet | undefined, judge: (setting: Setting) => SetFigures): void =>
  add(name, () => (set && set.judged.length > 0 ? judge(toSetting(set)) : null));

/** What usual ways reach on the same rows, as settings beside ours. */
function addReferences(set: DataSet, judge: typeof judgeFewShot): void {
  const own = figures[set.name];
  if (!values.references || !own) return;
  for (const name of REFERENCE_NAMES) {
    const found = withReference(name, () => judge(toSetting(set), () => {}));
    for (const [setting, value] of Object.entries(found))
      if (typeof value === "object") own[`${name} ${setting}`] = value;
  }
}

const isFewShot = (set: DataSet): boolean => set.train.length > 0;
for (const set of sets.filter(({ skills }) => skills.length > 0)) {
  const judged: Judged[] = [];
  const keep = (more: readonly Judged[]): void => void judged.push(...more);
  const judge = isFewShot(set) ? judgeFewShot : judgeZeroShot;
  addOf(set.name, set, (setting) => judge(setting, keep));
  addReferences(set, judge);
  if (isFewShot(set)) pool.push(...judged.filter((one) => one.isInScope));
  if (judged.length > 0) confusions[set.name] = countConfusions(judged);
}
const fewShot = sets.filter(isFewShot);
add("union", () =>
  fewShot.length < 2 ? null : judgeUnion(fewShot, tableFor(fewShot.map(({ name }) => name))),
);
addOf(
  "corrections",
  sets.find((set) => set.name === "metatool"),
  judgeCorrections,
);
addOf(
  "near-oos",
  sets.find((set) => set.name === "clinc150"),
  judgeNearOutOfScope,
);
addOf(
  "ru-on-en",
  sets.find((set) => set.name === "ha-ru"),
  (setting) => judgeRussianOnEnglish(setting, sets.find((set) => set.name === "ha-en") ?? setting.set),
);
add("oos-ru-rubq", () => judgeRussianOutOfScope(sets, tableFor));

const result = {
  sets: figures,
  calibration: measureCalibration(pool),
  confusions,
  ...(only?.includes("curve") ? { curve: measureCurve(fewShot, tableFor([])) } : {}),
  ...(isWanted("speed") ? measureSpeed(fewShot, tableFor([])) : {}),
};
if (values.out) writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
console.log(toTable(result));
