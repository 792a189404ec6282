// Shows what routing sees in a sentence. It runs nothing.
import { z } from "zod";
import { toPlain } from "../../kernel/domain/text.ts";
import { routeOnce } from "../../kernel/routing/kept-answers.ts";
import { MAX_QUERY_CHARACTERS } from "../runs/run-request.ts";
import { defineOperation } from "../operation.ts";
import { findLikeness } from "./likeness.ts";
import { loadSeen } from "../skills/seen.ts";

export const routeExplain = defineOperation({
  name: "route-explain",
  summary:
    "Which skills a sentence could mean, how sure that is, and what each kind of evidence added. Runs nothing.",
  permission: "read",
  http: "GET /route",
  input: z.object({ q: z.string().max(MAX_QUERY_CHARACTERS), tag: z.string().optional() }),
  async run(platform, call) {
    const { q, tag } = call.input;
    const catalogue = await loadSeen(platform, call.principal);
    const tags = tag === undefined ? [] : [tag];
    const likeness = await findLikeness(platform, catalogue, {
      query: q,
      skill: null,
      tags,
      principal: call.principal,
    });
    const result = routeOnce(catalogue.index, q, {
      tags,
      globs: call.principal.skills,
      allowed: (id) => catalogue.skills.has(id),
      likeness,
    });
    const candidates = result.candidates.map(({ id, ...rest }) => ({
      skill: id,
      description: toPlain(catalogue.skills.get(id)?.description ?? "", call.locale),
      ...rest,
    }));
    const { decision, confidence, margin, reason } = result;
    return { body: { decision, confidence, margin, reason, candidates } };
  },
});
