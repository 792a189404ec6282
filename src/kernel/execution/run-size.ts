// How large and how deep may be what a run keeps. A row of its runner and a row of the database hold 2 MB each
// (https://developers.cloudflare.com/durable-objects/platform/limits/); what is larger is refused while it can still be told why.
import type { Excess } from "../domain/json.ts";
import { findExcess, findExcessOfAll } from "../domain/json.ts";
import type { Refusal } from "../domain/refusal.ts";
import { Refused } from "../domain/refusal.ts";
import type { RunRecord } from "../domain/run.ts";
import type { BothLanguages } from "../domain/text.ts";
import type { Piece } from "../domain/thing.ts";
import type { LiveRun } from "./live-run.ts";

const MAX_STEP_VALUE_BYTES = 1_536 * 1_024;
const MAX_ROW_BYTES = 1_900_000;
/** Together with everything else of a run these fit into one row. */
const MAX_MANIFEST_BYTES = 300 * 1_024;
const MAX_RESULT_BYTES = 400 * 1_024;
export const MAX_INPUT_BYTES = 256 * 1_024;
/** Records above this lose the values of their steps once they have ended: those were for going on. */
const LARGE_RECORD_BYTES = 500_000;

const LESS: BothLanguages = {
  en: "Ask for less: a narrower request, fewer fields, or one page after another.",
  ru: "Запросите меньше: уже запрос, меньше полей или страницу за страницей.",
};
const FEWER_STEPS: BothLanguages = {
  en: "Let earlier steps keep less: fetch fewer fields, or split the skill into two.",
  ru: "Пусть прежние шаги хранят меньше: меньше полей, или разделите навык на два.",
};
const FLATTER: BothLanguages = {
  en: "Keep it flatter: take out the parts that are needed instead of wrapping the whole again and again.",
  ru: "Сделайте его более плоским: берите нужные части, а не оборачивайте целое снова и снова.",
};
const FEWER_ROWS: BothLanguages = {
  en: "Narrow it down, and do it in several runs.",
  ru: "Сузьте условие и сделайте это в несколько запусков.",
};

export function checkStepValue(step: string, value: unknown): void {
  const what: Piece = `step ${step}`;
  throwExcess(toExcess(value, { what, limitBytes: MAX_STEP_VALUE_BYTES, mend: LESS }));
}

/** Before a write leaves: a run that cannot be kept must not have sent anything. */
export function checkRecord({ order, steps, effects, ...head }: RunRecord): void {
  const parts = [order, ...steps, ...effects, head];
  const limit: Limit = { what: "the run so far", limitBytes: MAX_ROW_BYTES, mend: FEWER_STEPS };
  throwExcess(toTooLarge(findExcessOfAll(parts, MAX_ROW_BYTES), limit));
}

interface Limit {
  readonly what: Piece;
  readonly limitBytes: number;
  readonly mend: BothLanguages;
}

function throwExcess(refusal: Refusal | null): void {
  if (refusal) throw new Refused(refusal);
}

function toExcess(value: unknown, limit: Limit): Refusal | null {
  return toTooLarge(findExcess(value, limit.limitBytes), limit);
}

function toTooLarge(excess: Excess | null, limit: Limit): Refusal | null {
  if (excess === null) return null;
  const mend = "limitLevels" in excess ? FLATTER : limit.mend;
  return { reason: "too_large", ...limit, ...excess, mend };
}

export function findManifestExcess(live: LiveRun): Refusal | null {
  const what = "the list of changes";
  return toExcess(live.manifest, { what, limitBytes: MAX_MANIFEST_BYTES, mend: FEWER_ROWS });
}

/** What a caller would be told and the run cannot keep. */
export function findResultExcess({ result, answer, details, recording }: LiveRun): Refusal | null {
  return (
    toExcess([result, answer, details], { what: "the result", limitBytes: MAX_RESULT_BYTES, mend: LESS }) ??
    toExcess(recording, { what: "the recording", limitBytes: MAX_RESULT_BYTES, mend: LESS })
  );
}

export const LEFT_OUT = "too large to be kept";

/** What happened stays; the values in between were for going on. */
export function withoutValues({ steps, effects }: Pick<RunRecord, "steps" | "effects">, note = LEFT_OUT) {
  return {
    steps: steps.map((step) => ({ ...step, value: note })),
    effects: effects.map((effect) => ({ ...effect, answer: note })),
  };
}

/** What happened and what it cost, without any value that a skill made or a stranger sent: a database takes this of every run. */
export function toBareRecord(run: RunRecord, note = LEFT_OUT): RunRecord {
  const plan = { ...run.order.plan, input: { note } };
  const order = { ...run.order, plan };
  return { ...run, ...withoutValues(run, note), order, result: note, manifest: null, recording: null };
}

const STORED_CHARACTERS = 600_000;
/** Sealed it is a third longer, and D1 takes values of up to 2 MB. https://developers.cloudflare.com/d1/platform/limits/ */
const STORED_BYTES = 1_400_000;

/** A record that would not fit keeps what happened and loses the values in between; it must not stop the runs behind it. */
export function toStored(run: RunRecord): string {
  const json = JSON.stringify(run);
  if (json.length <= STORED_CHARACTERS) return json;
  const slim = JSON.stringify({ ...run, ...withoutValues(run) });
  if (new TextEncoder().encode(slim).byteLength <= STORED_BYTES) return slim;
  return JSON.stringify(toBareRecord(run));
}

/** Of a run that has ended: the values of its steps, where they are large. */
export function leaveOutValues(live: LiveRun): void {
  const kept = { steps: [...live.steps.values()], effects: [...live.effects.values()] };
  if (findExcessOfAll([...kept.steps, ...kept.effects], LARGE_RECORD_BYTES) === null) return;
  const slim = withoutValues(kept);
  for (const step of slim.steps) live.steps.set(step.path, step);
  for (const effect of slim.effects) live.effects.set(effect.key, effect);
}
