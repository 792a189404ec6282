// The list of operations. Adding one: its file, its test, its line here.
import { approvalLink } from "./approval-links.ts";
import { approvalDecide, approvalGet, approvalList } from "./approvals.ts";
import { attachmentAdd, fileGet } from "./attachments.ts";
import { auditExport, auditList, auditVerify } from "./audit.ts";
import { breakerList, breakerReset } from "./breakers.ts";
import { budgetGet, budgetPut, limitsPut } from "./budgets.ts";
import { configGet, modelList } from "./config.ts";
import { skillDeprecate, skillUndeprecate } from "./deprecate.ts";
import { evalExpression } from "./eval.ts";
import { eventList } from "./events.ts";
import { feedbackAdd } from "./feedback.ts";
import { ledgerCorrect } from "./ledger-correct.ts";
import { ledgerList, ledgerRebuild, ledgerVerify } from "./ledger.ts";
import { metricsGet } from "./metrics.ts";
import { routeExplain } from "./route-explain.ts";
import { policyDrop, policyGet, policyList, policyPut } from "./policies.ts";
import { policyExplain } from "./policy-explain.ts";
import { validate } from "./validate.ts";
import { health } from "./health.ts";
import { keyAdd, keyList, keyRevoke, keyRotate } from "./keys.ts";
import type { Operation } from "./operation.ts";
import { overrunAcknowledge } from "./overrun.ts";
import { pause, resume } from "./pause.ts";
import { registryFiles } from "./registry-files.ts";
import { runCancel } from "./run-cancel.ts";
import { executionLog, runEvents } from "./run-events.ts";
import { runGet, runList } from "./run-get.ts";
import { runAnswer } from "./run-answer.ts";
import { runResolve } from "./run-resolve.ts";
import { runStart, skillRun } from "./run-start.ts";
import { scheduleTick } from "./schedule-tick.ts";
import { scheduleAdd, scheduleDrop, scheduleEnable, scheduleGet, scheduleList } from "./schedules.ts";
import { secretDrop, secretList, secretSet } from "./secrets.ts";
import { skillTest } from "./skill-test.ts";
import { connectorPut, skillGet, skillList, skillPut } from "./skills.ts";
import { systemGet, systemPause, systemResume } from "./system-pause.ts";
import { tableDrop, tableGet, tableImport, tableList } from "./table.ts";
import { tenantErase } from "./tenant-erase.ts";
import { tenantAdd } from "./tenants.ts";
import { userAdd, userList, userPut, userRemove } from "./users.ts";
import { vaultGet, vaultRotate } from "./vault.ts";
import { deliveryList, webhookAdd, webhookDrop, webhookList, webhookTakeOver } from "./webhooks.ts";

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
  overrunAcknowledge,
  ledgerList,
  ledgerVerify,
  ledgerRebuild,
  ledgerCorrect,
  breakerList,
  breakerReset,
  pause,
  resume,
  systemGet,
  systemPause,
  systemResume,
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
  policyList,
  policyGet,
  policyPut,
  policyDrop,
  policyExplain,
  tableImport,
  tableList,
  tableDrop,
  tableGet,
  runCancel,
  runResolve,
  runAnswer,
  runEvents,
  executionLog,
  approvalList,
  approvalGet,
  approvalDecide,
  approvalLink,
  scheduleAdd,
  scheduleTick,
  scheduleList,
  scheduleGet,
  scheduleEnable,
  scheduleDrop,
  webhookAdd,
  webhookList,
  webhookTakeOver,
  webhookDrop,
  deliveryList,
  attachmentAdd,
  fileGet,
  feedbackAdd,
  eventList,
  auditList,
  auditVerify,
  auditExport,
  secretSet,
  secretList,
  secretDrop,
  tenantAdd,
  keyAdd,
  keyList,
  keyRevoke,
  keyRotate,
  userAdd,
  userList,
  userPut,
  userRemove,
  tenantErase,
  vaultGet,
  vaultRotate,
];
