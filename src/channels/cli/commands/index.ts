// Every command. Adding one: its file and its line here; --help and docs/cli.md are made from this list.
import type { Command } from "../command.ts";
import { approvals, approvalsApprove, approvalsDeny, approvalsLink } from "./approvals.ts";
import { audit, auditExport, auditVerify } from "./audit.ts";
import { breakers, breakersReset } from "./breakers.ts";
import { configExplain, evaluate, route } from "./asking.ts";
import { feedback, feedbackList, feedbackRemove } from "./feedback.ts";
import { models, modelsPrice } from "./models.ts";
import { dataDrop, dataImport, dataList, dataShow } from "./data.ts";
import { dataPractice } from "./data-practice.ts";
import { doctor } from "./doctor.ts";
import { filesGet } from "./files.ts";
import { jobEnqueue, jobList, jobWork } from "./jobs.ts";
import { keysAdd, keysList, keysRevoke, keysRotate } from "./keys.ts";
import { ledger, ledgerCorrect, ledgerRebuild, ledgerVerify } from "./ledger.ts";
import { metrics } from "./metrics.ts";
import { budgets, budgetsAcknowledge, budgetsSet, limitsSet, pauseCommand, resumeCommand } from "./money.ts";
import { secretsDelete, secretsList, secretsSet } from "./secrets.ts";
import { policyExplain, policyList, policyTest } from "./policies.ts";
import { run, runSkill } from "./run.ts";
import { logs, runs, runsAnswer, runsCancel, runsResolve } from "./runs.ts";
import { scheduleAdd, scheduleList, scheduleRemove, scheduleTakeOver, scheduleTick } from "./schedules.ts";
import { secretsInit } from "./local-secrets.ts";
import { addSkill, deprecateSkill, skills, test, undeprecateSkill, validate } from "./skills.ts";
import { vault, vaultRotate } from "./vault.ts";
import { usersAdd, usersList, usersRemove, usersSetEmail, usersSetRole } from "./users.ts";
import {
  webhookAdd,
  webhookHandle,
  webhookList,
  webhookRemove,
  webhookSetSecret,
  webhookTakeOver,
} from "./webhooks.ts";

export const COMMANDS: readonly Command[] = [
  run,
  runSkill,
  route,
  skills,
  addSkill,
  validate,
  test,
  deprecateSkill,
  undeprecateSkill,
  runs,
  runsResolve,
  runsAnswer,
  runsCancel,
  logs,
  approvals,
  approvalsApprove,
  approvalsDeny,
  approvalsLink,
  feedback,
  feedbackList,
  feedbackRemove,
  budgets,
  budgetsSet,
  budgetsAcknowledge,
  limitsSet,
  ledger,
  ledgerVerify,
  ledgerRebuild,
  ledgerCorrect,
  breakers,
  breakersReset,
  pauseCommand,
  resumeCommand,
  policyList,
  policyExplain,
  policyTest,
  audit,
  auditVerify,
  auditExport,
  dataImport,
  dataList,
  dataShow,
  dataDrop,
  dataPractice,
  filesGet,
  evaluate,
  models,
  modelsPrice,
  secretsInit,
  keysList,
  keysAdd,
  keysRevoke,
  keysRotate,
  secretsSet,
  secretsList,
  secretsDelete,
  vault,
  vaultRotate,
  usersList,
  usersAdd,
  usersSetRole,
  usersSetEmail,
  usersRemove,
  scheduleAdd,
  scheduleList,
  scheduleRemove,
  scheduleTakeOver,
  scheduleTick,
  jobEnqueue,
  jobList,
  jobWork,
  webhookAdd,
  webhookList,
  webhookTakeOver,
  webhookSetSecret,
  webhookRemove,
  webhookHandle,
  metrics,
  configExplain,
  doctor,
];
