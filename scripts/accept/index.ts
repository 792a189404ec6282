// The checks by name, and their one command line.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../lib/bootstrap.mjs";
import type { Check } from "./check.ts";
import { audit } from "./audit.ts";
import { budget } from "./budget.ts";
import { fuzz } from "./fuzz.ts";
import { idem } from "./idem.ts";
import { kill } from "./kill.ts";
import { jwt } from "./jwt.ts";
import { policy } from "./policy.ts";
import { rate } from "./rate.ts";
import { secrets } from "./secrets.ts";
import { tenant } from "./tenant.ts";

const CHECKS: readonly Check[] = [audit, budget, fuzz, idem, jwt, kill, policy, rate, secrets, tenant];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: Object.fromEntries(
      ["seed", "jobs", "kills", "requests", "keys", "parallel", "rounds", "entries", "changes", "pairs"].map(
        (name) => [name, { type: "string" }],
      ),
    ),
  });
  const check = CHECKS.find(({ name }) => name === positionals[0]);
  if (!check) {
    const names = CHECKS.map(({ name, summary }) => `  ${name}  ${summary}`).join("\n");
    console.error(`npm run accept -- NAME --seed S\n${names}`);
    return 2;
  }
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  const { seed: _, ...wanted } = values;
  const amounts = Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, Number(value)]));
  console.log(`${check.name}, seed ${seed}`);
  const report = await check.run(seed, amounts, (line) => console.log(line));
  mkdirSync(join(root, "accept"), { recursive: true });
  const file = join("accept", `${check.name}.json`);
  writeFileSync(
    join(root, file),
    `${JSON.stringify({ ...report.figures, seed, problems: report.problems }, null, 2)}\n`,
  );
  console.log(JSON.stringify(report.figures));
  for (const problem of report.problems.slice(0, 20)) console.log(`✗ ${problem}`);
  console.log(
    report.problems.length === 0 ? `✓ holds (${file})` : `✗ ${report.problems.length} problems (${file})`,
  );
  return report.problems.length === 0 ? 0 : 1;
}

process.exit(await main());
