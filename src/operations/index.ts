// The list of operations. Adding one: its file, its test, its line here.
import { budgetGet, budgetPut, limitsPut } from "./budgets.ts";
import { configGet, modelList } from "./config.ts";
import { skillDeprecate, skillUndeprecate } from "./deprecate.ts";
import { evalExpression } from "./eval.ts";
import { metricsGet } from "./metrics.ts";
import { routeExplain } from "./route-explain.ts";
import { validate } from "./validate.ts";
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
  routeExplain,
  evalExpression,
  validate,
  configGet,
  modelList,
  metricsGet,
  skillDeprecate,
  skillUndeprecate,
  skillList,
  skillTest,
  skillGet,
  skillPut,
  connectorPut,
  tableImport,
  tableList,
];
