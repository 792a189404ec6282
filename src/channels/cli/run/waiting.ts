// A run that waits for a yes: asked here when somebody is here, told how otherwise.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Answer, isGood } from "../client.ts";
import { type Json, toJson, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { toRunShort } from "../show/result.ts";
import { answerForm } from "./answer-form.ts";
import { askOrLeave } from "./approve.ts";
import type { Decision } from "./leave-out.ts";
import { toOthersDecide } from "./others-decide.ts";

export type Settled = { readonly exitCode: number } | { readonly decided: Answer };

/** `token`: the operator's, where one is set. */
export async function settleWaiting(body: Json, token: string, shell: Shell): Promise<Settled> {
  if (body["waiting_for"] === "input" && shell.asker !== null) {
    const answered = await answerForm(body, shell.asker, shell);
    return answered === null ? { exitCode: EXIT_CODES.approval } : { decided: answered };
  }
  if (body["waiting_for"] !== "approval") return { exitCode: EXIT_CODES.approval };
  const view = toView(shell, body);
  const approval = toJson(body["approval"]);
  const id = toText(approval["id"]);
  const told = toOthersDecide(body, view);
  if (told.length > 0) {
    shell.screen.show(told);
    return { exitCode: EXIT_CODES.approval };
  }
  if (shell.asker === null) {
    const by = view.words.role(toText(approval["by"]) || "owner");
    shell.screen.show([view.words.waitsForYes(by, toRunShort(body))]);
    return { exitCode: EXIT_CODES.approval };
  }
  const decision = await askOrLeave(body, { shell, asker: shell.asker, view });
  if (decision === null) {
    shell.screen.show(["", view.words.declined, `  ${view.words.leftOpen(toRunShort(body))}`]);
    return { exitCode: EXIT_CODES.approval };
  }
  const decided = await shell.screen.during(
    view.words.working,
    shell.call(`POST /approvals/${id}`, {
      json: { ...toBody(decision), ...(token === "" ? {} : { token }) },
    }),
  );
  if (decision.yes || !isGood(decided)) return { decided };
  shell.screen.show([view.words.declined]);
  return { exitCode: EXIT_CODES.forbidden };
}

function toBody(decision: Decision): Json {
  if (!decision.yes) return { decision: "deny" };
  return { decision: "approve", ...(decision.exclude.length === 0 ? {} : { exclude: decision.exclude }) };
}
