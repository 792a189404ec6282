// Where two skills fit about equally well, a tenant may have a skill that says which is meant. It is run as any other, for whoever asks:
// planned, permitted, budgeted, journaled. Late, refused or wrong, it is as if there were none, and the person is asked.
import { z } from "zod";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { SkillId } from "../../kernel/domain/id.ts";
import { isReadOnly } from "../../kernel/domain/plan.ts";
import { NO_WISHES, type RunRequest } from "../../kernel/domain/request.ts";
import { detectLocale, toPlain } from "../../kernel/domain/text.ts";
import { prepareRun, type Surroundings } from "../../kernel/pipeline.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { CHOOSER } from "../../kernel/routing/document.ts";
import type { Choice } from "../../kernel/stages/route.ts";

/** A model that takes longer is no help to who waits. */
const WAIT_MS = 5_000;
const LONGEST_REQUEST = 2_000;

const Answered = z.object({ status: z.literal("succeeded"), result: z.object({ skill: z.string() }) });

/** Null: nobody has chosen. */
export async function findChoice(
  platform: Platform,
  request: RunRequest,
  {
    snapshot,
    around,
    choices,
  }: {
    readonly snapshot: CatalogueSnapshot;
    readonly around: Surroundings;
    readonly choices: readonly { readonly skill: SkillId }[];
  },
): Promise<Choice | null> {
  // A trial costs nothing.
  if (!snapshot.skills.has(CHOOSER) || request.dryRun || request.rehearsal !== null) return null;
  const { outcome } = prepareRun(snapshot, toQuestion(request, { snapshot, choices }), around);
  // It is to say something, not to do anything.
  if (outcome.prepared !== "order" || !isReadOnly(outcome.order.plan)) return null;
  const reply = await platform.runners.start(outcome.order);
  if (reply.reply !== "answer") return null;
  const answered = Answered.safeParse(JSON.parse(reply.answer.body));
  const chosen = choices.find(({ skill }) => skill === answered.data?.result.skill);
  return chosen ? { skill: chosen.skill, by: reply.runId } : null;
}

function toQuestion(
  request: RunRequest,
  {
    snapshot: { skills },
    choices,
  }: {
    readonly snapshot: CatalogueSnapshot;
    readonly choices: readonly { readonly skill: SkillId }[];
  },
): RunRequest {
  const query = (request.query ?? "").slice(0, LONGEST_REQUEST);
  const locale = request.locale ?? detectLocale(query);
  const candidates = choices
    .map(({ skill }) => `${skill}: ${toPlain(skills.get(skill)?.description ?? "", locale)}`)
    .join("\n");
  const { requestId, principal, channel, data, idempotency } = request;
  return {
    ...NO_WISHES,
    ...{ requestId, principal, channel, data, locale },
    skill: CHOOSER,
    input: { request: query, candidates },
    waitMs: WAIT_MS,
    // Who sends the same request again does not pay for the same question again.
    idempotency: idempotency && {
      ...idempotency,
      key: `${idempotency.key}/choose`,
      bodyHash: sha256(`${query}\n${candidates}`),
    },
  };
}
