// A refusal as it is always told: what happened, why, what to do, and where to read more.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Json, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { toDriftLines } from "./drift.ts";
import { toShortId } from "./value.ts";
import type { View } from "./view.ts";

export function toProblemLines(problem: Json, exitCode: number, view: View): readonly string[] {
  const { paint } = view;
  const title = toText(problem["title"]) || toText(problem["code"]) || `HTTP ${toText(problem["status"])}`;
  const told = [toText(problem["detail"]), toText(problem["fix"])]
    .flatMap((text) => text.split("\n"))
    .filter((line) => line !== "")
    .map(withNpx);
  // Somebody said no: that is an answer, and nothing went wrong.
  const mark = problem["code"] === "approval_denied" ? "–" : paint("red", "✗");
  return [
    `${mark} ${paint("bold", title)}`,
    ...told.map((line) => `  ${line}`),
    ...toDriftLines(toJson(problem["rows"]), view).map((line) => `  ${line}`),
    `  ${toReference(problem, exitCode, view)}`,
  ];
}

/** The server says `skillos`, for every channel; in this folder a person has to say npx. */
export function withNpx(line: string): string {
  return line.replaceAll("`skillos ", "`npx skillos ");
}

export function toReference(problem: Json, exitCode: number, view: View): string {
  const code = toText(problem["code"]);
  const request = toText(problem["request_id"]);
  const run = toText(problem["run"]);
  const parts = [
    ...(code === "" ? [] : [code]),
    ...(request === "" ? [] : [view.words.request(toShortId(request, "q"))]),
    ...(run === "" ? [] : [view.words.run(run)]),
    ...(code === "" ? [] : [`docs/errors/${code}.md`]),
    view.words.exitCode(exitCode),
  ];
  return view.paint("dim", parts.join(" · "));
}

export function toNoSkillReference(body: Json, view: View): string {
  return toReference({ code: "no_skill_found", request_id: body["request_id"] }, EXIT_CODES.notFound, view);
}

export function toNoSkillLines(body: Json, view: View): readonly string[] {
  const { words, paint } = view;
  if (body["about"] === "past") return toPastLines(body, view);
  if (body["examples"] !== undefined) return toNothingNearLines(body, view);
  const [best] = toJsonList(body["alternatives"]);
  const skill = toText(best?.["skill"]);
  const percent = Math.round((toNumber(best?.["confidence"]) ?? 0) * 100);
  return [
    `${paint("red", "✗")} ${paint("bold", words.noSkill)}`,
    `  ${skill === "" ? words.nothingRan : words.bestGuess(skill, percent)}`,
    `  ${words.noSkillFix(skill)}`,
    `  ${toNoSkillReference(body, view)}`,
  ];
}

/** A guess at a skill would do something anew. */
function toPastLines(body: Json, view: View): readonly string[] {
  return [
    `${view.paint("red", "✗")} ${view.paint("bold", view.words.noSkill)}`,
    `  ${withNpx(toText(body["hint"]))}`,
    `  ${toNoSkillReference(body, view)}`,
  ];
}

/** A guess of nearly 0 % is none: what one can ask helps more than its name. */
function toNothingNearLines(body: Json, view: View): readonly string[] {
  const { words, paint } = view;
  const examples = toList(body["examples"]).map(
    (one) => `    npx skillos run ${JSON.stringify(toText(one))}`,
  );
  const hint = toText(body["hint"]);
  const head =
    hint === ""
      ? [`${paint("red", "✗")} ${paint("bold", words.noSkill)}`, `  ${words.nothingNear}`]
      : [`– ${paint("bold", hint)}`];
  return [
    ...head,
    ...(examples.length === 0 ? [] : [`  ${words.canAsk}`, ...examples]),
    `  ${words.allSkills}`,
    `  ${words.ownSkill}`,
    `  ${toNoSkillReference(body, view)}`,
  ];
}

/** A mistake that this program found itself: wrong flag, missing file, no server. */
export function toUsageLines(message: string, fix: string, view: View): readonly string[] {
  return [`${view.paint("red", "✗")} ${view.paint("bold", message)}`, ...(fix === "" ? [] : [`  ${fix}`])];
}
