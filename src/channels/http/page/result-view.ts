// What came of a run: its answer in words, the facts and tables of its result, what it cost, and what it is made of.
import { formatUsd } from "../../dollars.ts";
import { toRepeatCommand } from "../../repeat-command.ts";
import type { Answer } from "./answer.ts";
import { drawUnderstood } from "./ask-form.ts";
import type { Html } from "./html.ts";
import { clip, html, said } from "./html.ts";
import type { PageModel } from "./model.ts";
import type { Column, ResultTable } from "./tables.ts";
import { toResultParts } from "./tables.ts";
import type { Reading } from "./values.ts";
import { toPlainShown, toShown, toTitle } from "./values.ts";
import type { Words } from "./words.ts";

const MOST_ROWS = 200;
const LONGEST_CELL = 500;
const LONGEST_FACT = 5_000;

export function drawResult(answer: Answer, model: PageModel, words: Words): Html {
  const { formats = {}, names = {} } = answer;
  const reading: Reading = { locale: model.locale, timeZone: model.timeZone, formats, names };
  const { facts, tables } = toResultParts(answer.result);
  const hasAnswer = answer.answer !== null && answer.answer !== undefined && answer.answer !== "";
  // The answer says it already: the facts stay a tap away.
  const list =
    facts.length > 0 &&
    html`<dl>${facts.map(({ name, path, value }) => html`<dt>${toTitle(name, reading.names)}</dt><dd>${drawValue(value, path, { ...reading, length: LONGEST_FACT })}</dd>`)}</dl>`;
  return html`<h2>${words.done}</h2>${drawUnderstood(answer, model, words)}
<div class="box">${hasAnswer && html`<p class="big">${said(answer.answer ?? "")}</p>`}${answer.details && html`<p class="lines">${said(answer.details)}</p>`}${
    list && (hasAnswer ? html`<details><summary>${words.allValues}</summary>${list}</details>` : list)
  }</div>${tables.map((table) => drawTable(table, reading, words))}${drawDownload(answer, model, words)}${drawRepeat(answer, words)}<p class="dim">${toMade(answer, model, words)}</p>`;
}

/** The page makes no schedules: the terminal does. */
function drawRepeat({ repeat, skill, understood = [] }: Answer, words: Words): Html {
  if (repeat === undefined || !skill) return html``;
  return html`<p>${words.repeatIt} <code>${toRepeatCommand(
    skill,
    repeat.cron,
    understood.map(({ name, value }) => ({ name, value })),
  )}</code></p>`;
}

function drawDownload(answer: Answer, model: PageModel, words: Words): Html {
  const id = answer.run_id;
  if (id === undefined || answer.result === null || answer.result === undefined) return html``;
  return html`<p><a href="/runs/${encodeURIComponent(id)}/table.csv?lang=${model.locale}" download>${words.download}</a></p>`;
}

function hasChangedNothing(plan: Answer["plan"]): boolean {
  if (plan === undefined) return false;
  return plan.effects.every((effect) => effect.class === "read") || plan.manifest?.length === 0;
}

/** What it is made of: data, time, cost, who agreed, which run. */
export function toMade(answer: Answer, model: PageModel, words: Words): string {
  const { data, sample, as_of, cost, approved, plan, duration_ms, short_id } = answer;
  const isFree = cost !== undefined && cost.usd === 0;
  return [
    data === "practice" ? words.practiceData : data === "live" ? words.liveData : "",
    sample === true ? words.sample : "",
    as_of === undefined ? "" : words.asOf(toPlainShown(as_of, model)),
    hasChangedNothing(plan) ? words.changedNothing : "",
    cost === undefined ? "" : `${words.cost(formatUsd(cost.usd))}${isFree ? ` (${words.noModel})` : ""}`,
    approved === undefined ? "" : words.approvedBy(approved.by, toPlainShown(approved.at, model)),
    duration_ms === undefined ? "" : `${duration_ms} ms`,
    short_id === undefined ? "" : `${words.runId} ${short_id}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function drawTable(table: ResultTable, reading: Reading, words: Words): Html {
  const { columns, rows } = table;
  if (rows.length === 0) return html``;
  const shown = rows.slice(0, MOST_ROWS);
  const numbers = new Set(
    columns
      .filter(({ key }) =>
        shown.every((row) => row[key] === null || row[key] === undefined || typeof row[key] === "number"),
      )
      .map(({ key }) => key),
  );
  const side = ({ key }: Column): Html => html`${numbers.has(key) && html` class="n"`}`;
  return html`<h3>${table.name !== "" && `${toTitle(table.name, reading.names)} · `}${words.rows(rows.length, shown.length)}</h3><div class="scroll" role="region" tabindex="0" aria-label="${toTitle(table.name, reading.names)}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col"${side(column)}>${toTitle(column.key, reading.names)}</th>`)}</tr></thead>
<tbody>${shown.map((row) => html`<tr>${columns.map((column) => html`<td${side(column)}>${drawValue(row[column.key] ?? null, column.path, { ...reading, length: LONGEST_CELL })}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Web addresses become links; nothing else that a service sends can. */
function drawValue(value: unknown, path: string, reading: Reading & { readonly length: number }): Html {
  const text = toShown(value, path, reading);
  if (typeof value !== "string" || !/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value))
    return said(clip(text, reading.length));
  return html`<a href="${new URL(value).href}" rel="noopener noreferrer nofollow" target="_blank">${said(clip(text, 60))}</a>`;
}
