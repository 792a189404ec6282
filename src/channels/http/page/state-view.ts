// What is neither result nor question: errors, runs that wait or work, the last runs, the page of an error code.
import { formatUsd } from "../../dollars.ts";
import { REFUSAL_PAGES } from "../../refusals/pages.ts";
import { OTHER_CODES } from "../../refusals/more-codes.ts";
import { describeRefusal } from "../../refusals.ts";
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Answer, Problem, RecentRun } from "./answer.ts";
import { drawAsked, drawQuestions, drawUnderstood } from "./ask-form.ts";
import type { Html } from "./html.ts";
import { html, said, saidWithCommands } from "./html.ts";
import type { PageModel } from "./model.ts";
import { toRunLink } from "./run-link.ts";
import { toPlainShown } from "./values.ts";
import type { Words } from "./words.ts";

export function drawProblem(problem: Problem, model: PageModel, words: Words): Html {
  // Somebody said no: that is an answer, and nothing went wrong.
  const box =
    problem.code === "approval_denied" ? html`class="box" role="status"` : html`class="box bad" role="alert"`;
  return html`<div ${box}><h2>${said(problem.title)}</h2><p class="lines">${saidWithCommands(problem.detail)}</p>
<p class="lines"><b>${words.todo}</b> ${saidWithCommands(toPageFix(problem, model, words))}</p><p class="dim">${problem.code} · ${words.requestId} ${problem.request_id} · <a href="/docs/errors/${encodeURIComponent(problem.code)}">${words.more}</a></p>${drawWaysOn(problem, model, words)}</div>`;
}

/** A flag is advice for a terminal: here the list is below, or a button. */
function toPageFix({ code, fix }: Problem, { view }: PageModel, words: Words): string {
  if (code === "plan_drift" && view.view === "problem" && view.again !== null) return words.lookBelow;
  return fix.replace(/`--(?:practice|allow-stale)`/g, words.buttonBelow);
}

/** What the terminal does with a flag, the page does with a button. */
function drawWaysOn(problem: Problem, model: PageModel, words: Words): Html {
  const { asked } = model;
  if (asked.query === "" && asked.skill === null) return html``;
  const ways: readonly (readonly [way: string, label: string])[] = [
    ...(problem.retryable ? [["again", words.tryAgain] as const] : []),
    ...(problem.code === "secret_missing" ? [["practice", words.tryPractice] as const] : []),
    ...(problem.saved_at === undefined ? [] : [["stale", words.tryStale] as const]),
  ];
  if (ways.length === 0) return html``;
  return html`<form method="post" action="/ask">${drawAsked(model, asked)}${ways.map(([way, label]) => html`<button name="with" value="${way}">${label}</button>`)}</form>`;
}

export function drawWaiting(answer: Answer, model: PageModel, words: Words): Html {
  if (answer.waiting_for === "outcome") return drawOutcome(answer, model, words);
  if (answer.waiting_for === "input") return drawQuestions(answer, model, words);
  const { approval, held_back: held } = answer;
  const why = held && html`<p><b>${said(held.title)}</b> ${saidWithCommands(held.detail)}</p>`;
  const text = approval
    ? html`<p>${words.waitingApproval(toDeciders(approval, words))} ${words.waitingUntil(toPlainShown(approval.expires_at, model))}</p>`
    : html`${why}<p>${words.waitingOther}</p>`;
  return html`<h2>${words.waiting}</h2>${drawUnderstood(answer, model, words)}${text}${model.link === undefined && drawLook(answer, words)}`;
}

/** By name where it is others: his role may be that of whoever asked, too. */
function toDeciders({ by, who = [], mine = true }: NonNullable<Answer["approval"]>, words: Words): string {
  return mine ? (words.roles[by] ?? by) : who.join(", ");
}

/** Only a person can look whether it arrived. */
function drawOutcome(answer: Answer, model: PageModel, words: Words): Html {
  return html`<div class="box bad" role="alert"><h2>${words.waitingOutcome}</h2><p>${words.outcomeText(answer.outcome?.target ?? "")}</p>
<form method="post" action="/ask"><input type="hidden" name="key" value="${model.key}"><input type="hidden" name="lang" value="${model.locale}"><input type="hidden" name="resolve" value="${answer.run_id ?? ""}">
<button name="happened" value="yes">${words.happened}</button><button name="happened" value="no">${words.notHappened}</button></form></div>`;
}

export function drawWorking(answer: Answer, model: PageModel, words: Words): Html {
  return html`<h2 role="status">${words.working}</h2>${drawUnderstood(answer, model, words)}<p>${words.workingText}</p>${drawLook(answer, words)}`;
}

function drawLook(answer: Answer, words: Words): Html {
  return html`${answer.run_id !== undefined && html`<p><a href="${toRunLink(answer.run_id)}">${words.look}</a></p>`}`;
}

export function drawRecent(runs: readonly RecentRun[], model: PageModel, words: Words): Html {
  if (runs.length === 0) return html``;
  const rows = runs.map(
    (run) =>
      html`<tr><td><a href="${toRunLink(run.run_id)}">${said(run.title ?? run.skill)}</a>${run.title !== undefined && html` <small>${run.skill}</small>`}</td><td>${run.code === "approval_denied" ? words.declined : (words.status[run.status] ?? run.status)}</td><td>${toPlainShown(run.created_at, model)}</td><td class="n">${formatUsd(run.cost.usd)}</td></tr>`,
  );
  return html`<h2>${words.recent}</h2><div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}

/** Null: there is no such code. */
export function findCodePage(
  code: string,
  locale: Locale,
): { title: string; means: string; why: string; detail: string; fix: string } | null {
  for (const [known, page] of Object.entries(OTHER_CODES)) {
    if (known === code)
      return {
        title: page.title[locale],
        means: page.means[locale],
        why: page.why[locale],
        detail: page.detail[locale],
        fix: page.fix[locale],
      };
  }
  for (const { means, why, example } of Object.values(REFUSAL_PAGES)) {
    if (example.reason !== code) continue;
    const { title, detail, fix } = describeRefusal(example, locale, { requestId: "q-9qx4" });
    return { title, means: means[locale], why: why[locale], detail, fix };
  }
  return null;
}

export function drawCode(code: string, model: PageModel, words: Words): Html {
  const page = findCodePage(code, model.locale);
  if (page === null) return html``;
  return html`<h2>${code}</h2><p><b>${words.page.means}.</b> ${page.means}</p><p><b>${words.page.why}.</b> ${saidWithCommands(page.why)}</p>
<div class="box"><h3>${page.title}</h3><p class="lines">${saidWithCommands(page.detail)}</p><p class="lines"><b>${words.todo}</b> ${saidWithCommands(page.fix)}</p></div>`;
}
