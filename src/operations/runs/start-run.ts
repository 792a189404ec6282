// From a run request to what came of it: the pipeline's pure half, then the runner; planned anew when the catalogue was stale.
import type { Locale } from "../../kernel/domain/text.ts";
import { detectLocale, toPlain } from "../../kernel/domain/text.ts";
import type { Excess } from "../../kernel/domain/json.ts";
import { findExcess } from "../../kernel/domain/json.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { RunRequest } from "../../kernel/domain/request.ts";
import type { RunOrder, RunRecord } from "../../kernel/domain/run.ts";
import { toJsonSchema } from "../../kernel/language/parameters/to-json-schema.ts";
import { MAX_INPUT_BYTES } from "../../kernel/execution/run-size.ts";
import type { Prepared } from "../../kernel/domain/prepared.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { RunnerReply } from "../../kernel/ports/runners.ts";
import { loadPeople } from "../approvals/deciders.ts";
import { loadAgreed, withAgreed } from "./agreed-plan.ts";
import { findAskedOfItself } from "../routing/asked-of-itself.ts";
import { findExamples } from "../routing/examples.ts";
import { loadIndexFor } from "../routing/index-for.ts";
import { findFileRefusal } from "./named-files.ts";
import { toOfferBody } from "./offer-body.ts";
import { prepareAsked } from "./prepare-asked.ts";

/** A registry that changes three times while one request is planned is being written to in a loop. */
const TRIES = 3;

/** Open: nothing ran, and `body` says why. `facts`: what was understood before the answer was no. */
export type StartOutcome =
  | RunnerReply
  | (Extract<RunnerReply, { reply: "refused" }> & { readonly facts: Readonly<Record<string, unknown>> })
  | {
      readonly reply: "open";
      readonly outcome: Open;
      readonly locale: Locale;
      readonly body: Readonly<Record<string, unknown>>;
      readonly events: RunOrder["events"];
    };

export async function startRun(platform: Platform, request: RunRequest): Promise<StartOutcome> {
  const { principal, query, input } = request;
  const refusal = findRefusal(request) ?? (await findFileRefusal(platform, principal, [query, input]));
  const loaded = refusal ? { refusal } : await loadAgreed(platform, request);
  if ("refusal" in loaded) return { reply: "refused", refusal: loaded.refusal, events: [] };
  const { agreed } = loaded;
  return startAgreed(platform, request, agreed);
}

/** `agreed`: the trial of what is to be carried out; null where none is named. */
async function startAgreed(
  platform: Platform,
  request: RunRequest,
  agreed: RunRecord | null,
): Promise<StartOutcome> {
  // What he says beforehand counts as it would later: only where nobody else may say it.
  const people = request.approval === null ? [] : await loadPeople(platform, request.principal);
  let atLeast = 0;
  for (let n = 0; n < TRIES; n += 1) {
    const snapshot = await platform.catalogue.load(request.principal.tenant, atLeast);
    const index = await loadIndexFor(platform, request, snapshot.version);
    const now = request.askedAt ?? platform.clock.now();
    const around = { ...platform.surroundings, people, index, now };
    const { outcome, events } = await prepareAsked(platform, request, { snapshot, around });
    if (outcome.prepared !== "order") {
      // Nothing is admitted, so nobody has compared versions yet: a skill saved a moment ago must be found.
      const { registryVersion: current } = await platform.guard.standing(request.principal.tenant);
      if (current > snapshot.version && current > atLeast) {
        atLeast = current;
        continue;
      }
    }
    if (outcome.prepared === "refused") return { reply: "refused", refusal: outcome.refusal, events };
    if (outcome.prepared !== "order") {
      const examples = findExamplesFor(outcome, request, { snapshot, around });
      const body = { ...toOpenAnswer(request, outcome), ...examples };
      return { reply: "open", outcome, locale: toLocale(request), body, events };
    }
    const order = withAgreed(agreed, outcome.order);
    if ("refusal" in order) return { reply: "refused", refusal: order.refusal, events };
    const reply = await platform.runners.start(order);
    if (reply.reply === "answer") return reply;
    if (reply.reply === "refused") return { ...reply, facts: toFacts(outcome.order) };
    atLeast = reply.version;
  }
  return { reply: "stale", version: atLeast };
}

function toFacts({ plan, understanding }: RunOrder): Readonly<Record<string, unknown>> {
  return { skill: plan.skill, input: plan.input, ...understanding };
}

function findExamplesFor(
  outcome: Open,
  request: RunRequest,
  place: Parameters<typeof findExamples>[2],
): { readonly examples?: readonly string[]; readonly about?: string; readonly hint?: string } {
  if (outcome.prepared !== "no_skill_found" || outcome.offer !== undefined) return {};
  const asked = findAskedOfItself(request.query);
  const locale = request.locale ?? detectLocale(request.query ?? "");
  const said = asked === null ? {} : { about: asked.about, hint: toPlain(asked.hint, locale) };
  if (asked?.about === "past") return said;
  const best = asked === null ? (outcome.alternatives[0]?.confidence ?? 0) : 0;
  const examples = findExamples(best, request, place);
  return examples === null ? said : { ...said, examples };
}

function toTooLarge(excess: Excess): Refusal {
  const mend = {
    en: "Attach long texts and tables as files: `attachments`, or POST /attachments.",
    ru: "Длинные тексты и таблицы прикладывайте файлами: `attachments` или POST /attachments.",
  };
  return { reason: "too_large", what: "the input", ...excess, limitBytes: MAX_INPUT_BYTES, mend };
}

function findRefusal(request: RunRequest): Refusal | null {
  const excess = findExcess(request.input, MAX_INPUT_BYTES);
  if (excess !== null) return toTooLarge(excess);
  if (request.askedAt === undefined || (request.dryRun && request.data === "practice")) return null;
  return {
    reason: "bad_request",
    message: {
      en: "Only a trial can be asked at another time: what is done is done now.",
      ru: "О другом времени можно спросить только пробно: дела делаются сейчас.",
    },
    mend: {
      en: 'Send "dry_run": true and "practice": true too, or leave "asked_at" out.',
      ru: 'Отправьте ещё "dry_run": true и "practice": true или уберите "asked_at".',
    },
    field: "asked_at",
  };
}

type Open = Exclude<Prepared, { prepared: "order" } | { prepared: "refused" }>;

/** `said`: the words that may be meant for the field, and do not say what. */
function toSaid(
  unclear: Extract<Open, { prepared: "needs_input" }>["unclear"],
  name: string,
): { readonly said?: readonly string[] } {
  const said = unclear.filter(({ names }) => names.includes(name)).map(({ words }) => words);
  return said.length === 0 ? {} : { said };
}

function toLocale({ locale, query }: RunRequest): Locale {
  return locale ?? detectLocale(query ?? "");
}

/** Nothing ran: what is missing, or which of two, or nothing fits. */
export function toOpenAnswer(request: RunRequest, outcome: Open): Record<string, unknown> {
  const locale = toLocale(request);
  const base = { status: outcome.prepared, request_id: request.requestId };
  if (outcome.prepared === "needs_choice")
    return {
      ...base,
      skill: null,
      confidence: outcome.offer?.pipeline?.confidence ?? null,
      choices: outcome.choices,
      alternatives: outcome.choices,
      ...toOfferBody(outcome.offer, locale),
    };
  if (outcome.prepared === "no_skill_found") {
    const { alternatives, offer } = outcome;
    const confidence = offer === undefined ? (alternatives[0]?.confidence ?? 0) : 0;
    return { ...base, skill: null, confidence, alternatives, ...toOfferBody(offer, locale) };
  }
  return {
    ...base,
    skill: outcome.skill.id,
    description: toPlain(outcome.skill.description, locale),
    ...outcome.understanding,
    input: outcome.input,
    missing: outcome.missing.map((field) => ({
      name: field.name,
      schema: toJsonSchema(field),
      ask: toPlain(field.ask, locale),
      ...toSaid(outcome.unclear, field.name),
    })),
  };
}
