// `approvals`: questions that wait for a yes, and answering them.
import type { BothLanguages } from "../../../kernel/domain/text.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Answer, isGood } from "../client.ts";
import { type Command, type Option, toOption, toOptions, toWord } from "../command.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { toJson, toJsonList, toText } from "../json.ts";
import { chooseExcluded } from "../run/leave-out.ts";
import { type Shell, toView } from "../shell.ts";
import { toProblemLines } from "../show/problem.ts";
import { toRunShort } from "../show/result.ts";
import { toStatus } from "../show/status.ts";
import { formatMoment } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { APPROVAL_WORDS } from "../words/approval-words.ts";
import { showAnswer, toListLines, withZone } from "./show-answer.ts";

export const approvals: Command = {
  name: "approvals",
  summary: {
    en: "what waits for a yes: how much of what, who asked, since when",
    ru: "что ждёт согласия: что и сколько, кто просит, с какого времени",
  },
  run: async (_given, shell) =>
    showAnswer(await withZone(await shell.call("GET /approvals"), shell), shell, (body, view) => {
      const rows = toJsonList(body["approvals"]).map((one) => ({
        ...one,
        run: one["short_id"] ?? one["id"],
        what: toText(one["title"]) || one["skill"],
        entities: one["entities"],
        "asked by": one["asked_by"],
        since: formatMoment(toText(one["created_at"]), view),
        "needs a yes from": view.words.role(toText(one["by"])),
        until: formatMoment(toText(one["expires_at"]), view),
      }));
      return rows.length === 0
        ? [view.words.approvalNone]
        : toListLines(
            rows,
            ["run", "what", "entities", "asked by", "since", "needs a yes from", "until"],
            view,
          );
    }),
};

const TOKEN: Option = {
  flags: "--approval-token <token>",
  summary: {
    en: "the operator's token, where SKILLOS_APPROVAL_TOKEN is set",
    ru: "токен оператора, если задан SKILLOS_APPROVAL_TOKEN",
  },
};

const WITHOUT: Option = {
  flags: "--without <rows>",
  summary: {
    en: "yes to all but these: ids or numbers of lines, separated by commas",
    ru: "да всему, кроме этих: имена или номера строк через запятую",
  },
  many: true,
};

const decide = (decision: "approve" | "deny", summary: BothLanguages): Command => ({
  name: `approvals ${decision}`,
  summary,
  words: "<run>",
  ...(decision === "approve"
    ? { options: [WITHOUT, TOKEN], examples: ["npx skillos approvals approve r-8k2m4q --without 1021,1034"] }
    : { options: [TOKEN] }),
  async run(given, shell) {
    const token = toOption(given, "approvalToken");
    const route = `/approvals/${encodeURIComponent(toWord(given, 0))}`;
    // Named as nothing, of an empty variable say, it is a mistake: a yes to all was not meant.
    const without = toOptions(given, "without");
    const asked = without.length === 0 ? null : await shell.call(`GET ${route}`);
    if (asked !== null && !isGood(asked)) return showAnswer(asked, shell, () => []);
    const out = asked === null ? null : chooseExcluded(without, asked.body, toView(shell, asked.body));
    const answer = await shell.call(`POST ${route}`, {
      json: { decision, ...(token === "" ? {} : { token }), ...(out !== null && { exclude: out.keys }) },
    });
    return decision === "approve"
      ? showApproved(answer, shell, out?.titles)
      : showAnswer(answer, shell, (body, view) => [APPROVAL_WORDS[view.locale].denied(toRunShort(body))]);
  },
});

/** A yes may come too late to be carried out: what became of the run is told, not that the yes arrived. */
export function showApproved(
  answer: Answer,
  shell: Pick<Shell, "screen" | "isJson" | "locale">,
  out: readonly string[] = [],
): number {
  if (!isGood(answer)) return showAnswer(answer, shell, () => []);
  const exitCode = toExitCodeOf(answer.status, answer.body);
  showAnswer(answer, shell, (body, view) => {
    if (body["problem"] !== undefined) return toProblemLines(toJson(body["problem"]), exitCode, view);
    const said = toText(body["answer"]) || toStatus(toText(body["status"]), view);
    return [
      exitCode === EXIT_CODES.ok ? view.words.fine(said) : toUnfinished(said, exitCode, view),
      ...(out.length === 0 ? [] : [`  ${APPROVAL_WORDS[view.locale].leftOut(out.join(", "))}`]),
    ];
  });
  return exitCode;
}

function toUnfinished(said: string, exitCode: number, view: View): string {
  const mark = exitCode === EXIT_CODES.failed ? `${view.paint("red", "✗")} ` : "";
  return `${mark}${said} · ${view.words.exitCode(exitCode)}`;
}

export const approvalsLink: Command = {
  name: "approvals link",
  summary: {
    en: "a link of your own to look and decide with, on the phone, say; it is good for one decision",
    ru: "своя ссылка, чтобы посмотреть и решить, например с телефона; она на одно решение",
  },
  words: "<run>",
  run: async (given, shell) =>
    showAnswer(
      await withZone(
        await shell.call(`POST /approvals/${encodeURIComponent(toWord(given, 0))}/link`, { json: {} }),
        shell,
      ),
      shell,
      (body, view) => [
        toText(body["url"]),
        `  ${view.words.linkUntil(formatMoment(toText(body["expires_at"]), view))}`,
      ],
    ),
};

export const approvalsApprove = decide("approve", { en: "say yes", ru: "согласиться" });
export const approvalsDeny = decide("deny", { en: "say no", ru: "отказать" });
