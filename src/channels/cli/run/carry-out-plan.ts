// `--execute --plan-path FILE`: look again, ask, then do exactly what the plan says. Anything else stops with 409.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Answer, isGood } from "../client.ts";
import { type Json, toField, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { toWrites, toWritesSentence } from "../show/trial.ts";
import { formatTime, toShortPlan } from "../show/value.ts";
import { askOrLeave } from "./approve.ts";
import { loadPlan, type PlanFile } from "./plan-file.ts";
import type { Wish } from "./wish.ts";

export type Outcome = { readonly answer: Answer; readonly body: Json } | { readonly declined: true };

export async function carryOutPlan(path: string, wish: Wish, shell: Shell): Promise<Outcome> {
  const plan = loadPlan(path);
  checkSameRequest(plan, wish);
  const { dry_run: _, approval, ...flags } = wish.body;
  const body: Json = {
    ...flags,
    ...plan.request,
    execute: true,
    plan_hash: plan.planHash,
    plan_run: plan.run,
  };
  if (approval !== undefined) return send({ ...body, approval }, shell);
  if (shell.asker === null || shell.isJson) return send(body, shell);
  return askThenSend(body, plan, shell);
}

/** A plan answers one request: typing another beside it is a mistake that must not be guessed away. */
function checkSameRequest(plan: PlanFile, wish: Wish): void {
  const planned = toText(plan.request["query"]);
  if (wish.query === null || planned === "" || planned === wish.query) return;
  throw new Complaint(({ otherPlan }) => otherPlan(planned), EXIT_CODES.conflict);
}

async function askThenSend(body: Json, plan: PlanFile, shell: Shell): Promise<Outcome> {
  const { asker } = shell;
  const looked = await rehearse(body, shell);
  const view = toView(shell, looked.body);
  if (asker === null || !isGood(looked)) return { answer: looked, body };
  // What would be done now is not what the plan says: the server refuses it by its hash, and says why.
  if (toField(looked.body, "plan", "hash") !== plan.planHash) return send(body, shell);
  const sentence = toWritesSentence(toWrites(looked.body), view);
  shell.screen.show([
    view.words.planUnchanged(toShortPlan(plan.planHash), formatTime(plan.madeAt, view), sentence),
  ]);
  if (toField(looked.body, "plan", "approval", "needed") === "no") return send(body, shell);
  const decision = await askOrLeave(looked.body, { shell, asker, view });
  if (decision === null || !decision.yes) return { declined: true };
  // The hash stays that of the whole list, which was shown: whatever came to it meanwhile was not.
  const { exclude } = decision;
  return send({ ...body, approval: "approved", ...(exclude.length > 0 && { exclude }) }, shell);
}

function rehearse(body: Json, shell: Shell): Promise<Answer> {
  const { approval: _, async: __, record: ___, ...rest } = body;
  const sending = shell.call("POST /run", { json: { ...rest, dry_run: true } });
  return shell.screen.during(toView(shell).words.working, sending);
}

async function send(body: Json, shell: Shell): Promise<Outcome> {
  const answer = await shell.screen.during(
    toView(shell).words.working,
    shell.call("POST /run", { json: body }),
  );
  return { answer, body };
}
