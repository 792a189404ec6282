// The ask box, and the form made from what a skill still needs. Every form carries along what was asked before.
import type { Answer, MissingField } from "./answer.ts";
import type { Html } from "./html.ts";
import { clip, html, said } from "./html.ts";
import type { Asked, PageModel } from "./model.ts";
import { toPlainShown, toTitle } from "./values.ts";
import type { Words } from "./words.ts";

const LONGEST_QUERY = 20_000;
const LONGEST_SHOWN = 120;

export function drawAskBox(model: PageModel, words: Words): Html {
  return html`<form method="post" action="/ask"><label for="query">${words.ask}</label>
<textarea id="query" name="query" rows="2" required maxlength="${LONGEST_QUERY}" dir="auto" aria-describedby="example">${model.asked.query}</textarea>
<small id="example">${words.askExample}</small><input type="hidden" name="key" value="${model.key}"><input type="hidden" name="lang" value="${model.locale}">
<div><button class="go">${words.askButton}</button></div></form>`;
}

/** Hidden members of a form: the request as it stands. */
export function drawAsked(model: PageModel, asked: Asked): Html {
  return html`<input type="hidden" name="key" value="${model.key}"><input type="hidden" name="lang" value="${model.locale}"><input type="hidden" name="query" value="${asked.query}">${
    asked.skill !== null && html`<input type="hidden" name="skill" value="${asked.skill}">`
  }${Object.keys(asked.input).length > 0 && html`<input type="hidden" name="input" value="${JSON.stringify(asked.input)}">`}`;
}

/** Which skill, how sure, and each value with the words it came from. */
export function drawUnderstood(answer: Answer, model: PageModel, words: Words): Html {
  const { skill, description, confidence, understood = [] } = answer;
  if (skill === null || skill === undefined) return html``;
  const sure =
    confidence === null || confidence === undefined ? "" : ` · ${words.sure(Math.round(confidence * 100))}`;
  const values = understood.map(
    ({ name, value, words: from }) =>
      html`<dt>${toTitle(name, answer.names)}</dt><dd>${said(clip(toPlainShown(value, model), LONGEST_SHOWN))} <span class="dim">${words.from} “${said(clip(from, LONGEST_SHOWN))}”</span></dd>`,
  );
  return html`<p>${words.understood}: ${description !== undefined && html`<b>${said(description)}</b> `}<span class="dim">${skill}${sure}</span></p>${values.length > 0 && html`<dl>${values}</dl>`}`;
}

export function drawMissing(answer: Answer, model: PageModel, words: Words): Html {
  const missing = answer.missing ?? [];
  const asked: Asked = { ...model.asked, skill: answer.skill ?? null };
  const hasFile = missing.some((field) => isFile(field));
  return html`<h2>${words.missing}</h2>${drawUnderstood(answer, model, words)}
<form method="post" action="/ask"${hasFile && html` enctype="multipart/form-data"`}>${drawAsked(model, asked)}
${missing.map((field, index) => drawField(field, index, words))}${drawChanges(answer, words)}<div><button class="go">${words.goOn}</button></div></form>`;
}

/** The questions of a run that waits for them. */
export function drawQuestions(answer: Answer, model: PageModel, words: Words): Html {
  const { missing = [], form, run_id: run = "" } = answer;
  return html`<h2>${form?.ask ? said(form.ask) : words.missing}</h2>${drawUnderstood(answer, model, words)}
<form method="post" action="/ask"><input type="hidden" name="key" value="${model.key}"><input type="hidden" name="lang" value="${model.locale}"><input type="hidden" name="answer" value="${run}">
${missing.map((field, index) => drawField(field, index, words))}<div><button class="go">${words.goOn}</button></div></form>`;
}

function isFile({ schema }: MissingField): boolean {
  const { type } = schema;
  return Array.isArray(type) && type.includes("object");
}

function drawField(field: MissingField, index: number, words: Words): Html {
  const { name, ask, schema } = field;
  const id = `field-${index}`;
  const hint = toHint(field, words);
  const described = hint !== "" && html` aria-describedby="${id}-hint"`;
  const must = field.optional !== true && html` required`;
  const focus = index === 0 && html` autofocus`;
  return html`<label for="${id}">${said(ask === "" ? toTitle(name) : ask)}</label>${
    Array.isArray(schema["enum"])
      ? html`<select id="${id}" name="in.${name}"${must}${focus}>${schema["enum"].map((choice) => html`<option>${String(choice)}</option>`)}</select>`
      : html`<input id="${id}" name="in.${name}"${must}${toInputKind(field)}${described}${focus}>`
  }${hint !== "" && html`<small id="${id}-hint">${hint}</small>`}`;
}

/** Amounts stay text fields with a number keyboard: people write "1 234,56" and "3 млн", and the server understands both. */
function toInputKind(field: MissingField): Html {
  const { type, format } = field.schema;
  if (isFile(field)) return html` type="file"`;
  if (type === "number" || type === "integer") return html` inputmode="decimal" autocomplete="off"`;
  if (format === "uri") return html` inputmode="url"`;
  return html` dir="auto"`;
}

function toHint(field: MissingField, words: Words): string {
  const { type, format } = field.schema;
  if (field.said !== undefined) return words.unclear(field.said.map((one) => `«${one}»`).join(", "));
  if (isFile(field)) return words.fileHint;
  if (format === "date") return words.dateHint;
  if (type === "object") return words.periodHint;
  return type === "array" ? words.listHint : "";
}

/** What was understood wrongly can be typed anew; what stays as it is keeps the words it came from. */
function drawChanges(answer: Answer, words: Words): Html {
  const plain = (answer.understood ?? []).filter(
    ({ value }) => typeof value === "string" || typeof value === "number",
  );
  if (plain.length === 0) return html``;
  return html`<details><summary>${words.change}</summary>${plain.map(
    ({ name, value }, index) =>
      html`<label for="was-${index}">${toTitle(name, answer.names)}</label><input id="was-${index}" name="in.${name}" value="${String(value)}" dir="auto"><input type="hidden" name="was.${name}" value="${String(value)}">`,
  )}</details>`;
}

/** What one can ask, each as a button that asks it. */
function drawExamples(
  { examples, hint }: { examples: readonly string[]; hint: string | undefined },
  model: PageModel,
  words: Words,
): Html {
  const buttons = examples.map(
    (query) =>
      html`<form method="post" action="/ask">${drawAsked(model, { query, skill: null, input: {} })}<button>${said(query)}</button></form>`,
  );
  const told =
    hint === undefined ? html`<h2>${words.none}</h2><p>${words.noneNear}</p>` : html`<h2>${said(hint)}</h2>`;
  return html`${told}${buttons}`;
}

/** Two skills fit, or none does: the person chooses, nothing is guessed. */
export function drawChoices(answer: Answer, model: PageModel, words: Words): Html {
  const { examples = [], hint } = answer;
  if (answer.about === "past") return html`<h2>${words.none}</h2><p>${said(hint ?? "")}</p>`;
  if (examples.length > 0) return drawExamples({ examples, hint }, model, words);
  const isNone = answer.status === "no_skill_found";
  const guesses = (isNone ? answer.alternatives : answer.choices) ?? [];
  const [best] = guesses;
  const buttons = guesses
    .slice(0, 5)
    .map(
      ({ skill, confidence, description }) =>
        html`<p><button name="skill" value="${skill}">${isNone ? words.useAnyway(skill) : skill}</button> <span class="dim">${description !== undefined && html`${said(description)} · `}${words.sure(Math.round(confidence * 100))}</span></p>`,
    );
  const told =
    isNone &&
    html`${best && html`<p>${words.noneGuess(best.skill, Math.round(best.confidence * 100))}</p>`}<p>${words.noneFix}</p>`;
  return html`<h2>${isNone ? words.none : words.chooseOne}</h2>${told}<form method="post" action="/ask">${drawAsked(model, { ...model.asked, skill: null })}${buttons}</form>`;
}
