// Shows what routing sees in a sentence. It runs nothing.
import { z } from "zod";
import { NO_WISHES } from "../../kernel/domain/request.ts";
import { detectLocale, toPlain } from "../../kernel/domain/text.ts";
import { toReached } from "../../kernel/domain/skill-glob.ts";
import { splitSequence } from "../../kernel/language/sequence.ts";
import { prepareRun, type Surroundings } from "../../kernel/pipeline.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import { routeOnce } from "../../kernel/routing/kept-answers.ts";
import { toOfferBody } from "../runs/offer-body.ts";
import { MAX_QUERY_CHARACTERS } from "../runs/run-request.ts";
import { type Call, defineOperation } from "../operation.ts";
import { describeEmbedding, findLikeness } from "./likeness.ts";

export const routeExplain = defineOperation({
  name: "route-explain",
  summary:
    "Which skills a sentence could mean, how sure that is, and what each kind of evidence added. Runs nothing.",
  permission: "read",
  http: "GET /route",
  input: z.object({ q: z.string().max(MAX_QUERY_CHARACTERS), tag: z.string().optional() }),
  async run(platform, call) {
    const { q, tag } = call.input;
    const catalogue = await platform.loadFresh(call.principal.tenant);
    const reached = toReached(catalogue, call.principal);
    const { index } = await platform.catalogue.loadIndex(catalogue.tenant.id, catalogue.version);
    const tags = tag === undefined ? [] : [tag];
    const asked = { query: q, tags, principal: call.principal };
    const likeness = await findLikeness(platform, { snapshot: catalogue, index }, asked);
    const result = routeOnce(index, q, {
      tags,
      globs: call.principal.skills,
      allowed: (id) => reached.has(id),
      likeness,
    });
    const candidates = result.candidates.map(({ id, ...rest }) => ({
      skill: id,
      description: toPlain(reached.get(id)?.description ?? "", call.locale),
      ...rest,
    }));
    const { decision, confidence, margin, reason } = result;
    const embeddings = await describeEmbedding(platform, call.principal.tenant);
    const whole = { decision, confidence, margin, reason, candidates, ...embeddings };
    const around = { ...platform.surroundings, index, now: platform.clock.now() };
    return { body: { ...whole, ...toSteps(catalogue, around, call) } };
  },
});

/** Where it is several requests in a row: what a run would offer instead of doing one of them. */
function toSteps(
  snapshot: CatalogueSnapshot,
  around: Surroundings,
  call: Call<{ readonly q: string; readonly tag?: string | undefined }>,
): Readonly<Record<string, unknown>> {
  const { q, tag } = call.input;
  // Planning is for these alone: of one request, the router has said all there is.
  if (splitSequence(q).length === 1) return {};
  const { requestId, principal, channel } = call;
  const asked = { ...NO_WISHES, requestId, principal, channel, skill: null, input: {} };
  const request = { ...asked, query: q, tags: tag === undefined ? [] : [tag] };
  const { outcome } = prepareRun(snapshot, request, around);
  if (!("offer" in outcome) || outcome.offer === undefined) return {};
  const { steps, pipeline } = outcome.offer;
  const first = steps.find(({ skill }) => skill === null);
  const reason =
    first === undefined
      ? `${steps.length} requests in a row`
      : `no skill takes part of the request: ${first.text}`;
  return {
    ...{ decision: first === undefined ? "choose" : "no_skill_found", reason },
    confidence: pipeline?.confidence ?? 0,
    ...toOfferBody(outcome.offer, detectLocale(q)),
  };
}
