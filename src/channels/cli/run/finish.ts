// The last screen of a run: its answer, its trial, its refusal or what it waits for, and the exit code.
import { isGood } from "../client.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Json, toField, toJson, toJsonList, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { toOfferLines } from "../show/offer.ts";
import { toNoSkillLines, toNoSkillReference, toReference } from "../show/problem.ts";
import { toHints, toResultLines, toRunShort } from "../show/result.ts";
import { toStepLines } from "../show/steps.ts";
import { toEntityCount, toTrialLines, toWrites } from "../show/trial.ts";
import { formatMoment } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { MONEY_WORDS } from "../words/money-words.ts";
import { warnOfBrokenFile } from "./broken-file.ts";
import type { Talk } from "./converse.ts";
import { hasSteps, toChoiceText, toUnclear } from "./converse.ts";
import { savePlan } from "./plan-file.ts";
import { saveRecording, toRecordedLines } from "./recording.ts";
import { loadRefusalLines } from "./refusal.ts";
import { loadUnderstoodLines } from "./told.ts";
import { settleWaiting } from "./waiting.ts";
import type { Wish } from "./wish.ts";

export async function finish(talk: Talk, wish: Wish, shell: Shell): Promise<number> {
  const { answer } = talk;
  if (answer.body["status"] === "planned" && wish.planPath !== null)
    savePlan(wish.planPath, talk.body, answer.body);
  if (wish.recordPath !== null) await saveRecording(wish.recordPath, answer.body);
  const exitCode = toExitCodeOf(answer.status, answer.body);
  warnOfBrokenFile(toText(answer.body["skill"]), shell);
  if (shell.isJson) {
    shell.screen.show([JSON.stringify(answer.body, null, 2)]);
    if (toJsonList(answer.body["recording"]).length === 0)
      shell.screen.warn(toRecordedLines(wish.recordPath, answer.body, toView(shell)));
    return exitCode;
  }
  if (!talk.wasAsked) shell.screen.show(await loadUnderstoodLines(talk, wish, shell));
  shell.screen.show(await loadStateLines(talk, { wish, exitCode }, shell));
  if (wish.detail !== null)
    shell.screen.show(toStepLines(answer.body, wish.detail, toView(shell, answer.body)));
  return answer.body["status"] === "waiting" ? finishWaiting(answer.body, wish, shell) : exitCode;
}

async function finishWaiting(body: Json, wish: Wish, shell: Shell): Promise<number> {
  const settled = await settleWaiting(body, toText(wish.body["approval_token"]), shell);
  if ("exitCode" in settled) return settled.exitCode;
  const { decided } = settled;
  if (wish.recordPath !== null) await saveRecording(wish.recordPath, decided.body);
  const exitCode = toExitCodeOf(decided.status, decided.body);
  const talk: Talk = { answer: decided, body: wish.body, told: decided.body, wasAsked: true };
  shell.screen.show(await loadStateLines(talk, { wish, exitCode }, shell));
  // What was answered may lead to the next question.
  return isGood(decided) && decided.body["status"] === "waiting"
    ? finishWaiting(decided.body, wish, shell)
    : exitCode;
}

async function loadStateLines(
  talk: Talk,
  { wish, exitCode }: { wish: Wish; exitCode: number },
  shell: Shell,
): Promise<readonly string[]> {
  const { status, body } = talk.answer;
  const problem = isGood(talk.answer) ? body["problem"] : { status, ...body };
  if (problem !== undefined) return loadRefusalLines({ problem: toJson(problem), exitCode, wish }, shell);
  const draw = DRAWN[toText(body["status"])];
  const view = toView(shell, body);
  return draw === undefined ? [view.words.queued(toRunShort(body))] : draw(talk, wish, view);
}

type Draw = (talk: Talk, wish: Wish, view: View) => readonly string[];

/** By the status of a run. */
const DRAWN: Readonly<Record<string, Draw>> = {
  succeeded: ({ told }, wish, view) => [
    ...toResultLines(told, view),
    ...toRecordedLines(wish.recordPath, told, view),
    ...toHints(told, view),
  ],
  planned: ({ answer }, wish, view) => [
    ...toTrialLines(answer.body, view, wish.planShown),
    ...toRecordedLines(wish.recordPath, answer.body, view),
    toNext(answer.body, wish, view),
  ],
  no_skill_found: ({ answer: { body } }, wish, view) =>
    hasSteps(body)
      ? [...toOfferLines(body, wish.query ?? "", view), `  ${toNoSkillReference(body, view)}`]
      : toNoSkillLines(body, view),
  needs_choice: ({ answer: { body } }, wish, view) =>
    hasSteps(body) ? toOfferLines(body, wish.query ?? "", view) : toChoiceLines(body, view),
  needs_input: ({ answer }, _wish, view) => toMissingLines(toJsonList(answer.body["missing"]), view),
  waiting: ({ answer }, _wish, view) =>
    answer.body["waiting_for"] === "approval"
      ? toTrialLines(answer.body, view, null)
      : toWaitingLines(answer.body, view),
};

function toChoiceLines(body: Json, view: View): readonly string[] {
  return [view.words.choose, ...toJsonList(body["choices"]).map((choice) => `  ${toChoiceText(choice)}`)];
}

/** A write whose answer was lost: only a person can look whether it arrived. */
export function toWaitingLines(body: Json, view: View): readonly string[] {
  const { words, paint } = view;
  if (body["waiting_for"] === "input") return toQuestionLines(body, view);
  if (body["waiting_for"] === "time") return toHeldBackLines(body, view);
  const target = toText(toField(body, "outcome", "target"));
  if (target === "") return [words.waitsFor(toText(body["waiting_for"]))];
  return [
    `${paint("yellow", "?")} ${paint("bold", words.didItGoOut)}`,
    `  ${words.sentTo(target)}`,
    `  ${words.lookAndSay(target, `npx skillos runs resolve ${toRunShort(body)} --happened`)}`,
    `  ${toReference({ code: "outcome_unknown" }, EXIT_CODES.approval, view)}`,
  ];
}

/** It goes on by itself, and what for it waits stands first. */
function toHeldBackLines(body: Json, view: View): readonly string[] {
  const held = toJson(body["held_back"]);
  const at = (name: string): string => formatMoment(toText(held[name]), view);
  const next = MONEY_WORDS[view.locale].heldBack(at("tried_again_at"), at("ends_at"), toRunShort(body));
  const { paint } = view;
  const title = `${paint("yellow", "…")} ${paint("bold", toText(held["title"]))}`;
  return [title, `  ${toText(held["detail"])}`, `  ${toText(held["fix"])}`, `  ${next}`];
}

/** Without a terminal: what is asked, and how it is answered. */
function toQuestionLines(body: Json, view: View): readonly string[] {
  const { words } = view;
  const fields = toJsonList(body["missing"]);
  const needed = fields.filter((field) => field["optional"] !== true);
  const flags = needed.map((field) => `--set ${toText(field["name"])}=…`).join(" ");
  return [
    words.asksFor(toText(toField(body, "form", "ask"))),
    ...fields.map((field) => `  ${toText(field["name"])}  ${toText(field["ask"])}`),
    `  npx skillos runs answer ${toRunShort(body)} ${flags}`.trimEnd(),
  ];
}

export function toNext(body: Json, wish: Pick<Wish, "isDryRun" | "isExecute">, view: View): string {
  const { words } = view;
  if (!wish.isDryRun) return words.nextExecute;
  // A plan that only reads, or whose writes came to nothing, runs without more.
  const writes = toWrites(body);
  const count = toEntityCount(writes);
  if (wish.isExecute || writes.length === 0) return words.nextWithoutDryRun(count);
  return words.nextExecuteInstead;
}

export function toMissingLines(missing: readonly Json[], view: View): readonly string[] {
  const { words } = view;
  const rows = missing.map((field) => ({
    flag: words.giveIt(toText(field["name"])),
    ask: [toText(field["ask"]), toUnclear(field["said"], view)].join(" ").trim(),
  }));
  const width = Math.max(0, ...rows.map(({ flag }) => flag.length));
  return [
    words.needs(missing.map((field) => toText(field["name"])).join(", ")),
    ...rows.map(({ flag, ask }) => `  ${flag.padEnd(width)}  ${ask}`),
  ];
}
