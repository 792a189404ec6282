// The list of operations. Adding one: its file, its test, its line here.
import { budgetGet, budgetPut, limitsPut } from "./budgets.ts";
import { health } from "./health.ts";
import type { Operation } from "./operation.ts";
import { registryFiles } from "./registry-files.ts";
import { runGet, runList } from "./run-get.ts";
import { runStart, skillRun } from "./run-start.ts";
import { skillTest } from "./skill-test.ts";
import { connectorPut, skillGet, skillList, skillPut } from "./skills.ts";
import { tableImport, tableList } from "./table.ts";

export const OPERATIONS: readonly Operation<unknown>[] = [
  health,
  runStart,
  skillRun,
  runList,
  runGet,
  registryFiles,
  budgetGet,
  budgetPut,
  limitsPut,
  skillList,
  skillTest,
  skillGet,
  skillPut,
  connectorPut,
  tableImport,
  tableList,
];
