// A trial run and the question about it: what would be read, changed and deleted, entry by entry, and yes or no.
// The list is cut to a number of bytes: on a bad network the question itself must always arrive.
import { formatUsd } from "../../dollars.ts";
import type { Answer, AnswerPlan, PlanEntity, PlanWrite } from "./answer.ts";
import { drawUnderstood } from "./ask-form.ts";
import type { Html } from "./html.ts";
import { clip, html, said, toBytes } from "./html.ts";
import type { PageModel } from "./model.ts";
import { LINK_WORDS } from "./link-view.ts";
import { toEntry } from "./tables.ts";
import { type Names, toShown, toTitle } from "./values.ts";
import type { Words } from "./words.ts";

/** Of the 14 KB of the whole view; frame, style and buttons take the rest. */
const LIST_BYTES = 5_500;
const MOST_COLUMNS = 5;
const LONGEST_CELL = 60;
const SHORT_HASH = 4;
/** A longer question is not carried along: the trial run has its values. */
const LONGEST_QUERY = 300;

export function drawPlan(
  { answer, plan }: { answer: Answer; plan: AnswerPlan },
  model: PageModel,
  words: Words,
): Html {
  const writes = plan.manifest ?? [];
  const entries = countEntries(writes);
  const isReadOnly = plan.effects.every((effect) => effect.class === "read");
  const isIdle = !isReadOnly && entries === 0;
  return html`<h2>${isReadOnly ? words.trialRead : words.trial}</h2>${drawUnderstood(answer, model, words)}
<form method="post" action="${model.link ?? "/ask"}">${drawDecision(answer, plan, model)}<input type="hidden" name="plan_hash" value="${plan.hash}">
${drawReads(plan, words)}${drawWrites(writes, { plan, model, words, names: answer.names ?? {}, runId: answer.run_id ?? "" })}
<p class="dim">${toFacts(plan, words)}</p>${isIdle && html`<p>${words.nothingToDo}</p>`}${answer.approval && model.wantsToken && drawToken(model)}${drawButtons(plan, words, isIdle)}</form>`;
}

/**
 * A waiting run is decided by its approval. A trial run is done for real by its id: its input may be larger than the view may be.
 * What was left out before stays left out; a new trial run puts it back.
 */
function drawDecision(answer: Answer, plan: AnswerPlan, model: PageModel): Html {
  const { query } = model.asked;
  const what = answer.approval
    ? html`<input type="hidden" name="approval" value="${answer.approval.id}">`
    : html`<input type="hidden" name="run" value="${answer.run_id ?? ""}">${query.length <= LONGEST_QUERY && html`<input type="hidden" name="query" value="${query}">`}`;
  return html`<input type="hidden" name="key" value="${model.key}"><input type="hidden" name="lang" value="${model.locale}">${what}${plan.excluded.map(
    (entry) => html`<input type="hidden" name="exclude" value="${entry}">`,
  )}`;
}

function drawToken({ locale }: PageModel): Html {
  return html`<label for="token">${LINK_WORDS[locale].token}</label><input id="token" name="token" type="password" autocomplete="off">`;
}

function countEntries(writes: readonly PlanWrite[]): number {
  return writes.reduce((sum, write) => sum + (write.total ?? 1), 0);
}

/** Where nothing would be changed, what it reads may still be wanted. */
function drawButtons(plan: AnswerPlan, words: Words, isIdle: boolean): Html {
  const deletes = !isIdle && plan.effects.some((effect) => effect.class === "delete");
  const isQuestion = !isIdle && plan.effects.some((effect) => effect.class !== "read");
  const go = html`<button class="${deletes ? "stop" : "go"}" name="do" value="yes">${isQuestion ? words.yes(deletes) : words.run}</button>`;
  return html`<p class="dim">${words.exactly}</p><div>${go}<button name="do" value="no">${words.no}</button></div>`;
}

function toFacts(plan: AnswerPlan, words: Words): Html {
  const { risk, approval, forecast, excluded } = plan;
  const facts = [
    words.risk(risk),
    approval.needed === "no" ? "" : words.needsYes(words.roles[approval.by] ?? approval.by),
    forecast.upper_usd > 0 ? words.mayCost(formatUsd(forecast.upper_usd)) : words.cost(formatUsd(0)),
    excluded.length > 0 ? words.leftOut(excluded.length) : "",
    `${words.plan} ${plan.hash.slice(0, SHORT_HASH)}`,
  ];
  return html`${facts.filter((fact) => fact !== "").join(" · ")}`;
}

function drawReads(plan: AnswerPlan, words: Words): Html {
  const targets = [
    ...new Set(plan.effects.filter((effect) => effect.class === "read").map((effect) => effect.target)),
  ];
  return html`${targets.length > 0 && html`<p>${words.verbs.read} ${said(clip(targets.join(", "), 400))}</p>`}`;
}

interface Drawing {
  readonly plan: AnswerPlan;
  readonly model: PageModel;
  readonly words: Words;
  readonly names: Names;
  readonly runId: string;
}

function drawWrites(writes: readonly PlanWrite[], drawing: Drawing): Html {
  let left = LIST_BYTES;
  const blocks: Html[] = [];
  for (const [index, write] of writes.entries()) {
    const block = drawWrite(write, left, drawing);
    left -= toBytes(block);
    if (left <= 0 && index > 0) {
      blocks.push(drawMore(countEntries(writes.slice(index)), drawing));
      break;
    }
    blocks.push(block);
  }
  return html`${blocks}`;
}

function drawWrite(write: PlanWrite, bytes: number, drawing: Drawing): Html {
  const { words } = drawing;
  const entities = write.entities === "unknown until run" ? [] : write.entities;
  const count = write.total === null ? words.unknownUntilRun : words.entries(write.total);
  const isDelete = write.class === "delete";
  const columns = toColumns(entities, Object.keys(drawing.plan.show?.[0] ?? {}));
  const rows = takeWithin(
    entities.map((entity) => drawEntity(entity, columns, { ...drawing, write })),
    bytes,
  );
  const more = (write.total ?? entities.length) - rows.length;
  return html`<h3><b${isDelete && html` class="del"`}>${words.verbs[write.class]}</b> ${said(clip(write.target, 100))} · ${count}${isDelete && html`, ${words.noUndo}`}</h3>${
    rows.length > 0 &&
    html`<div class="scroll"><table><thead><tr><th scope="col">${words.leaveOut}</th>${columns.map((key) => html`<th scope="col">${toTitle(key, drawing.names)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
  }${entities.length > 0 && more > 0 && drawMore(more, drawing)}`;
}

function drawMore(count: number, { words, runId, model }: Drawing): Html {
  const { link, locale } = model;
  const list = html`/runs/${encodeURIComponent(runId)}/table.csv?list=plan&lang=${locale}`;
  const href = link === undefined ? list : html`${link}/list.csv?lang=${locale}`;
  const whole = html`<a href="${href}" download>${words.wholeList}</a>`;
  return html`<p>${words.moreEntries(count)} (${whole})</p>`;
}

function takeWithin(rows: readonly Html[], bytes: number): readonly Html[] {
  let used = 0;
  const first = rows.findIndex((row) => (used += toBytes(row)) > bytes);
  return first === -1 ? rows : rows.slice(0, first);
}

/** The columns by which a person knows an entry: those that the skill shows, or else the first few that any entry fills. */
function toColumns(entities: readonly PlanEntity[], shown: readonly string[]): readonly string[] {
  const facts = entities.map((entity) => entity.before ?? entity.after);
  if (facts.some((fact) => fact === undefined)) return [""];
  if (shown.length > 0 && facts.every((fact) => shown.every((key) => fact && key in fact))) return shown;
  const keys = [...new Set(facts.flatMap((fact) => Object.keys(fact ?? {})))];
  return keys
    .filter((key) =>
      facts.some((fact) => fact?.[key] !== null && fact?.[key] !== undefined && fact[key] !== ""),
    )
    .slice(0, MOST_COLUMNS);
}

function drawEntity(
  entity: PlanEntity,
  columns: readonly string[],
  drawing: Drawing & { write: PlanWrite },
): Html {
  const { write, words, plan } = drawing;
  const entry = toEntry(write, entity);
  const box = html`<input type="checkbox" name="exclude" value="${entry}" aria-label="${words.leaveOut}: ${clip(entity.label, LONGEST_CELL)}"${plan.excluded.includes(entry) && html` checked disabled`}>`;
  return html`<tr><td>${box}</td>${columns.map((key) => html`<td>${drawCell(entity, key, drawing)}</td>`)}</tr>`;
}

/** An update shows old and new where they differ. */
function drawCell(entity: PlanEntity, key: string, { plan, model, names }: Drawing): Html {
  if (key === "") return said(clip(entity.label === "" ? entity.id : entity.label, LONGEST_CELL * 2));
  const reading = { ...model, formats: plan.formats ?? {}, names };
  const show = (values: Readonly<Record<string, unknown>>): string =>
    clip(toShown(values[key] ?? null, key, reading), LONGEST_CELL);
  const { before, after } = entity;
  if (before && after && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    return html`${said(show(before))} → <b>${said(show(after))}</b>`;
  return said(show(before ?? after ?? {}));
}
