// The pure half of the pipeline with what it may be told from outside: what embeddings say of the request, and which of two skills a
// chooser took. With neither it is the pure half alone.
import type { Preparation } from "../../kernel/domain/prepared.ts";
import type { RunRequest } from "../../kernel/domain/request.ts";
import { prepareRun, type Surroundings } from "../../kernel/pipeline.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { findChoice } from "../routing/chooser.ts";
import { findLikeness } from "../routing/likeness.ts";

export async function prepareAsked(
  platform: Platform,
  request: RunRequest,
  { snapshot, around }: { readonly snapshot: CatalogueSnapshot; readonly around: Surroundings },
): Promise<Preparation> {
  const { index } = around;
  const likeness = index ? await findLikeness(platform, { snapshot, index }, request) : undefined;
  const prepared = prepareRun(snapshot, request, { ...around, told: { likeness } });
  if (prepared.outcome.prepared !== "needs_choice" || prepared.outcome.offer !== undefined) return prepared;
  const { choices } = prepared.outcome;
  const choice = await findChoice(platform, request, { snapshot, around, choices });
  return choice === null
    ? prepared
    : prepareRun(snapshot, request, { ...around, told: { likeness, choice } });
}
