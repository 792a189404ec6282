// The one page: a frame around what there is to say. Pure; works without script, on a phone, and read aloud.
import { invariant } from "../../../kernel/domain/refusal.ts";
import type { Answer } from "./answer.ts";
import { drawAskBox, drawChoices, drawMissing } from "./ask-form.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { drawDecided } from "./link-view.ts";
import type { PageModel } from "./model.ts";
import { drawPlan } from "./plan-view.ts";
import { drawResult, toMade } from "./result-view.ts";
import { toRunLink } from "./run-link.ts";
import { drawCode, drawProblem, drawRecent, drawWaiting, drawWorking } from "./state-view.ts";
import { drawSteps } from "./steps-view.ts";
import { STYLE } from "./style.ts";
import type { Words } from "./words.ts";
import { WORDS } from "./words.ts";

const LONGEST_REPEATED = 300;
const WORKING: ReadonlySet<string> = new Set(["queued", "running"]);

export function renderPage(model: PageModel): string {
  const words = WORDS[model.locale];
  const { view } = model;
  const isWorking = view.view === "answer" && WORKING.has(view.answer.status) && view.answer.run_id;
  const hasAnswer = view.view !== "home";
  const answer = html`<div id="answer">${drawView(model, words)}</div>`;
  const page = html`<!doctype html>
<html lang="${model.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title}</title>${
    isWorking && html`<meta http-equiv="refresh" content="2;url=${toRunLink(isWorking)}">`
  }<link rel="icon" href="data:,"><style>${STYLE_MARKUP}</style></head>
<body>${hasAnswer && html`<a class="skip" href="#answer">${words.skip}</a>`}<header><h1><a href="${model.link ?? "/"}">${words.title}</a>${model.isLocal && html` <small>${words.local}</small>`}</h1><a href="${model.link ?? "/"}?lang=${words.otherLanguage}" lang="${words.otherLanguage}" hreflang="${words.otherLanguage}">${words.other}</a></header>
<main>${drawMain(model, answer, words)}</main>${drawRecent(model.recent, model, words)}</body></html>
`;
  return page.toString();
}

/** Whoever has only a link cannot ask for anything else. */
function drawMain(model: PageModel, answer: Html, words: Words): readonly Html[] {
  if (model.link !== undefined) return [answer];
  return isQuestion(model) ? [answer, drawAgain(model, words)] : [drawAskBox(model, words), answer];
}

/** Ours, and free of anything that came from outside. */
const STYLE_MARKUP = asMarkup(STYLE);

/** The only text that is not escaped. A style sheet that could end its own element would be a mistake of ours. */
function asMarkup(style: string): Html {
  invariant(!style.includes("<"), "the style sheet holds no markup");
  const parts = Object.assign([style], { raw: [style] });
  return html(parts);
}

/** While something is asked of the person, the question stands first and the ask box behind it. */
function isQuestion({ view }: PageModel): boolean {
  return (
    view.view === "answer" &&
    ["planned", "needs_input", "needs_choice", "waiting"].includes(view.answer.status)
  );
}

/** Without the question that was asked when that is long: it must not crowd out what is asked of the person. */
function drawAgain(model: PageModel, words: Words): Html {
  const query = model.asked.query.length <= LONGEST_REPEATED ? model.asked.query : "";
  return html`<details><summary>${words.askElse}</summary>${drawAskBox({ ...model, asked: { ...model.asked, query } }, words)}</details>`;
}

function drawView(model: PageModel, words: Words): Html {
  const { view } = model;
  if (view.view === "home") return html``;
  if (view.view === "declined") return html`<p class="box" role="status">${words.declinedText}</p>`;
  if (view.view === "decided") return drawDecided(view.isYes, view.answer, model);
  if (view.view === "code") return drawCode(view.code, model, words);
  if (view.view === "answer") return drawAnswer(view.answer, model, words);
  return html`${drawProblem(view.problem, model, words)}${view.again !== null && drawAnswer(view.again, model, words)}`;
}

function drawAnswer(answer: Answer, model: PageModel, words: Words): Html {
  switch (answer.status) {
    case "needs_input":
      return drawMissing(answer, model, words);
    case "needs_choice":
    case "no_skill_found":
      return answer.steps ? drawSteps(answer, model, words) : drawChoices(answer, model, words);
    case "planned":
      return answer.plan ? drawPlan({ answer, plan: answer.plan }, model, words) : html``;
    case "waiting":
      return html`${drawWaiting(answer, model, words)}${answer.approval && answer.plan && drawPlan({ answer, plan: answer.plan }, model, words)}`;
    case "queued":
    case "running":
      return drawWorking(answer, model, words);
    case "succeeded":
      return drawResult(answer, model, words);
    case "failed":
    case "cancelled":
      return html`${answer.problem ? drawProblem(answer.problem, model, words) : html`<h2>${answer.status === "failed" ? words.failed : words.cancelled}</h2>`}<p class="dim">${toMade(answer, model, words)}</p>`;
  }
}
