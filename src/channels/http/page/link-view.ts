// What the link of a question leads to once it was answered, and how a person who has only the link is spoken to.
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Answer } from "./answer.ts";
import type { Html } from "./html.ts";
import { html, said } from "./html.ts";
import type { PageModel } from "./model.ts";
import { drawProblem } from "./state-view.ts";
import { WORDS } from "./words.ts";

interface LinkWords {
  readonly done: string;
  readonly no: string;
  readonly working: string;
  readonly used: string;
  readonly token: string;
}

export const LINK_WORDS: Readonly<Record<Locale, LinkWords>> = {
  en: {
    done: "You said yes, and it is done",
    no: "You said no. Nothing was changed.",
    working: "You said yes. It is being done.",
    used: "This link has served: it was good for one decision.",
    token: "The operator's token",
  },
  ru: {
    done: "Вы согласились, всё сделано",
    no: "Вы отказали. Ничего не изменено.",
    working: "Вы согласились. Выполняется.",
    used: "Ссылка своё отслужила: она на одно решение.",
    token: "Токен оператора",
  },
};

export function drawDecided(isYes: boolean, answer: Answer, model: PageModel): Html {
  const words = LINK_WORDS[model.locale];
  const used = html`<p class="dim">${words.used}</p>`;
  if (!isYes) return html`<h2>${words.no}</h2>${used}`;
  if (answer.status === "failed" && answer.problem)
    return html`${drawProblem(answer.problem, model, WORDS[model.locale])}${used}`;
  if (answer.status !== "succeeded") return html`<h2 role="status">${words.working}</h2>${used}`;
  return html`<h2>${words.done}</h2><div class="box"><p class="big">${said(answer.answer ?? "")}</p></div>${used}`;
}
