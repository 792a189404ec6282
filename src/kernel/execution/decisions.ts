// What a person's word changes in a run that waits for it. Pure: the runner keeps the run and goes on with it.
import type { Refusal } from "../domain/refusal.ts";
import type { RunRecord } from "../domain/run.ts";
import type { Decision, FormAnswer, PersonsWord, Resolution } from "../ports/runners.ts";
import { toExcluded, toManifest } from "../stages/approve.ts";
import type { LiveRun } from "./live-run.ts";
import { fromRecord } from "./live-run.ts";

type Decided = { readonly live: LiveRun } | { readonly refusal: Refusal };

function isWaitingFor(record: RunRecord | null, what: RunRecord["waitingFor"]): record is RunRecord {
  return record !== null && record.status === "waiting" && record.waitingFor === what;
}

export const NO_OUTCOME = {
  en: "This run does not wait for an outcome.",
  ru: "Этот запуск не ждёт, чем кончилась отправка.",
};

/** `record` is null where somebody works on the run already. */
export function applyWord(record: RunRecord | null, said: PersonsWord, now: number): Decided {
  switch (said.word) {
    case "decision":
      return applyDecision(record, said.decision, now);
    case "resolution":
      return applyResolution(record, said.resolution);
    case "answer":
      return applyAnswer(record, said.answer, now);
  }
}

/** Yes, no, or yes to a part. `record` is null where somebody works on the run already. */
export function applyDecision(record: RunRecord | null, decision: Decision, now: number): Decided {
  if (!isWaitingFor(record, "approval"))
    return {
      refusal: {
        reason: "conflict",
        message: {
          en: "This run is not waiting for a decision any more.",
          ru: "Этот запуск больше не ждёт решения.",
        },
      },
    };
  const named = toExcluded(record.manifest?.writes ?? [], decision.excluded);
  if ("refusal" in named) return named;
  const live = toGoingOn(record);
  if (!decision.approve) {
    live.refusal = { reason: "approval_denied", by: decision.user, at: now };
    return { live };
  }
  const own = decision.isOwn === true && { isOwn: true as const };
  live.approvedBy = { user: decision.user, at: now, how: "a person", ...own };
  if (live.manifest && named.excluded.length > 0)
    live.manifest = {
      ...live.manifest,
      ...toManifest(live.order.plan.hash, live.manifest.writes, named.excluded),
    };
  return { live };
}

/** Whether a write whose answer was lost did happen: then it is done, else it may be sent again. */
function applyResolution(record: RunRecord | null, resolution: Resolution): Decided {
  if (!isWaitingFor(record, "outcome")) return { refusal: { reason: "conflict", message: NO_OUTCOME } };
  const live = toGoingOn(record);
  const effect = live.effects.get(record.waitingAt ?? "");
  if (effect && resolution.happened)
    live.effects.set(effect.key, { ...effect, state: "done", answer: { resolved_by: resolution.user } });
  else if (effect) live.effects.set(effect.key, { ...effect, state: "failed" });
  return { live };
}

export const NO_QUESTION = {
  en: "This run does not wait for an answer to its questions.",
  ru: "Этот запуск не ждёт ответа на вопросы.",
};

/** What a person answered is the value of the step that asked. */
function applyAnswer(record: RunRecord | null, answer: FormAnswer, now: number): Decided {
  const isAsked = isWaitingFor(record, "input") && record.waitingAt === answer.at;
  if (!isAsked || !record.question) return { refusal: { reason: "conflict", message: NO_QUESTION } };
  const { at: path, user, values } = answer;
  const { kind } = record.question;
  const live = toGoingOn(record);
  const ended = { path, kind, status: "succeeded", startedAt: now, durationMs: 0 } as const;
  live.steps.set(path, {
    ...ended,
    ...{ attempts: 1, costMicroUsd: 0, value: values },
    answeredBy: { user, at: now },
  });
  // A yes was given to what was known then: what is written from now on holds words that nobody has agreed to.
  live.approvedBy = null;
  return { live };
}

/** Nobody answered in time. Null: it waits for what has no end. */
export function applyTimeout(record: RunRecord, now: number): LiveRun | null {
  if (record.status !== "waiting" || !hasTimeLimit(record)) return null;
  const live = toGoingOn(record);
  if (record.waitingFor === "input")
    live.refusal = { reason: "gone", message: NOBODY_ANSWERED, mend: ASK_AGAIN };
  else if (record.order.terms.onTimeout === "cancel") live.refusal = { reason: "cancelled" };
  else live.refusal = { reason: "approval_denied", by: "", at: now, expired: true };
  return live;
}

/** Only people are given a time: what happened to a write stays a question until somebody looks. */
export function hasTimeLimit({ waitingFor }: Pick<RunRecord, "waitingFor">): boolean {
  return waitingFor === "approval" || waitingFor === "input";
}

const ASK_AGAIN = {
  en: "Ask for the run again, and see that somebody answers; `expires:` of the step gives more time.",
  ru: "Запустите ещё раз и проследите, чтобы на вопрос ответили; больше времени даёт `expires:` шага.",
};
const NOBODY_ANSWERED = {
  en: "Nobody answered the question in time.",
  ru: "На вопрос никто вовремя не ответил.",
};

/** It is worked on again. */
export function toGoingOn(record: RunRecord): LiveRun {
  const live = fromRecord(record);
  live.status = "running";
  live.waitingFor = undefined;
  live.waitingAt = undefined;
  live.expiresAt = undefined;
  live.question = undefined;
  return live;
}
