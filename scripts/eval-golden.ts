// How well requests are understood, in seconds and without a server: every set of test/fixtures against skills/.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type GoldenAnswer, toJudged } from "../src/channels/cli/files/golden.ts";
import { askLocally } from "./eval-golden/ask.ts";
import { loadCatalogue } from "./eval-golden/catalogue.ts";
import { judgeCompound, loadCompound } from "./eval-golden/compound.ts";
import { toMistakes } from "./eval-golden/report.ts";
import { loadRows, loadSets } from "./eval-golden/sets.ts";
import { root } from "./lib/bootstrap.mjs";

const { skills, file, mistakes } = parseArgs({
  options: {
    skills: { type: "string", default: "skills" },
    file: { type: "string" },
    mistakes: { type: "boolean", default: false },
  },
}).values;

const sets = file === undefined ? loadSets() : [{ name: file, rows: loadRows(resolve(file)) }];
const catalogue = loadCatalogue(resolve(root, skills));
const asked = sets.map(({ name, rows }) => ({
  name,
  answers: rows.map((row) => askLocally(catalogue, row)),
}));

function toRow(name: string, answers: readonly GoldenAnswer[]): Record<string, unknown> {
  const { top1, top3, no_skill_found: refused, values, invented } = toJudged(answers);
  return { set: name, requests: answers.length, top1, top3, refused, values, invented };
}

console.table(asked.map(({ name, answers }) => toRow(name, answers)));
if (file === undefined) {
  const { mistakes: wrong, falselySplit, ...compound } = judgeCompound(catalogue, loadCompound());
  console.table([{ set: "several requests in one", ...compound, falsely_split: falselySplit }]);
  if (mistakes) console.log(wrong.join("\n"));
}
for (const { name, answers } of mistakes ? asked.filter((one) => one.name !== "holdout") : [])
  console.log([`\n${name}`, ...toMistakes(answers)].join("\n"));
