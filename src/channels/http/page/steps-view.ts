// Several requests in one sentence: each step is a button that asks it alone.
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Answer } from "./answer.ts";
import { drawAsked } from "./ask-form.ts";
import { type Html, html, said } from "./html.ts";
import type { PageModel } from "./model.ts";
import type { Words } from "./words.ts";

interface StepWords {
  readonly inARow: string;
  readonly missingStep: string;
  readonly nobody: string;
  readonly nothingRan: string;
  readonly asOne: string;
}

const STEP_WORDS: Readonly<Record<Locale, StepWords>> = {
  en: {
    inARow: "Several requests in a row",
    missingStep: "I have no skill for a step of this",
    nobody: "no skill",
    nothingRan: "Nothing ran. Do them one after the other:",
    asOne: "All of it as one skill",
  },
  ru: {
    inARow: "Несколько запросов подряд",
    missingStep: "Для одного из шагов нет навыка",
    nobody: "нет навыка",
    nothingRan: "Ничего не запускалось. Выполните их по одному:",
    asOne: "Всё это одним навыком",
  },
};

export function drawSteps(answer: Answer, model: PageModel, words: Words): Html {
  const { steps = [], pipeline } = answer;
  const mine = STEP_WORDS[model.locale];
  const rows = steps.map(({ text, skill, confidence, description }) =>
    skill === null
      ? html`<li>${said(text)} <span class="dim">${mine.nobody}</span></li>`
      : html`<li><form method="post" action="/ask">${drawAsked(model, { query: text, skill: null, input: {} })}<button>${said(text)}</button> <span class="dim">${description !== undefined && html`${said(description)} · `}${words.sure(Math.round(confidence * 100))}</span></form></li>`,
  );
  const file =
    pipeline &&
    html`<details><summary>${mine.asOne}: ${pipeline.skill}</summary><pre>${pipeline.yaml}</pre></details>`;
  return html`<h2>${pipeline ? mine.inARow : mine.missingStep}</h2><p>${mine.nothingRan}</p><ol>${rows}</ol>${file}`;
}
