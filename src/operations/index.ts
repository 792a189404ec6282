// The list of operations. Adding one: its file, its test, its line here.
import { approvalLink } from "./approvals/approval-links.ts";
import { approvalDecide, approvalGet, approvalList } from "./approvals/approvals.ts";
import { attachmentAdd, fileGet } from "./runs/attachments.ts";
import { auditExport, auditList, auditVerify } from "./records/audit.ts";
import { breakerList, breakerReset } from "./stops/breakers.ts";
import { budgetGet, budgetPut, limitsPut } from "./money/budgets.ts";
import { configGet, modelList } from "./system/config.ts";
import { skillDeprecate, skillUndeprecate } from "./skills/deprecate.ts";
import { evalExpression } from "./runs/eval.ts";
import { eventList } from "./records/events.ts";
import { feedbackAdd, feedbackList, feedbackRemove } from "./routing/feedback.ts";
import { ledgerCorrect } from "./money/ledger-correct.ts";
import { ledgerList, ledgerRebuild, ledgerVerify } from "./money/ledger.ts";
import { metricsGet } from "./records/metrics.ts";
import { routeExplain } from "./routing/route-explain.ts";
import { policyDrop, policyGet, policyList, policyPut } from "./policies/policies.ts";
import { policyExplain } from "./policies/policy-explain.ts";
import { validate } from "./skills/validate.ts";
import { health } from "./system/health.ts";
import { keyAdd, keyList, keyRevoke, keyRotate } from "./access/keys.ts";
import type { Operation } from "./operation.ts";
import { modelPricePut } from "./money/model-price.ts";
import { overrunAcknowledge } from "./money/overrun.ts";
import { pause, resume } from "./stops/pause.ts";
import { registryFiles } from "./skills/registry-files.ts";
import { runCancel } from "./runs/run-cancel.ts";
import { executionLog, runEvents } from "./runs/run-events.ts";
import { runGet, runList } from "./runs/run-get.ts";
import { runAnswer } from "./runs/run-answer.ts";
import { runResolve } from "./runs/run-resolve.ts";
import { runStart, skillRun } from "./runs/run-start.ts";
import { scheduleTick } from "./triggers/schedule-tick.ts";
import {
  scheduleAdd,
  scheduleDrop,
  scheduleEnable,
  scheduleGet,
  scheduleList,
} from "./triggers/schedules.ts";
import { secretDrop, secretList, secretSet } from "./tenants/secrets.ts";
import { skillTest } from "./skills/skill-test.ts";
import { connectorPut, skillGet, skillList, skillPut } from "./skills/skills.ts";
import { systemGet, systemPause, systemResume } from "./stops/system-pause.ts";
import { tableDrop, tableGet, tableImport, tableList } from "./tables/table.ts";
import { tenantErase } from "./tenants/tenant-erase.ts";
import { tenantAdd } from "./tenants/tenants.ts";
import { userAdd, userList, userPut, userRemove } from "./access/users.ts";
import { vaultGet, vaultRotate } from "./tenants/vault.ts";
import { webhookChange } from "./triggers/webhook-change.ts";
import { deliveryList, webhookAdd, webhookDrop, webhookList } from "./triggers/webhooks.ts";

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
  webhookChange,
  webhookDrop,
  deliveryList,
  attachmentAdd,
  fileGet,
  feedbackAdd,
  feedbackList,
  feedbackRemove,
  eventList,
  auditList,
  auditVerify,
  auditExport,
  modelPricePut,
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
