// Several requests in a row: what is offered instead of doing the first of them. Each part is understood alone.
import type { OfferedStep } from "../domain/offer.ts";
import type { Prepared } from "../domain/prepared.ts";
import { invariant } from "../domain/refusal.ts";
import type { Skill } from "../domain/skill.ts";
import { toPipelineFile, type PipelineStep } from "../language/pipeline-file.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import { type CompoundStep, toJointConfidence } from "../routing/compound.ts";
import { type InputDecision, type InputRequest, toPartRequest } from "./input.ts";
import type { RouteDecision } from "./route.ts";

interface Around {
  readonly request: InputRequest;
  readonly skills: CatalogueSnapshot["skills"];
  /** What a request says of a skill's input. */
  readonly decide: (skill: Skill, request: InputRequest) => InputDecision;
}

/** What is answered where no single skill was found. */
export function toUnrouted(
  routed: Exclude<RouteDecision, { readonly found: unknown }>,
  around: Around,
): Prepared {
  if ("refusal" in routed) return { prepared: "refused", refusal: routed.refusal };
  if ("choices" in routed) return { prepared: "needs_choice", choices: routed.choices };
  if ("none" in routed) return { prepared: "no_skill_found", alternatives: routed.alternatives };
  return toOffered(routed.steps, around);
}

function toOffered(steps: readonly CompoundStep[], around: Around): Prepared {
  const parts = steps.map((step) => toPart(step, around));
  const offered = steps.map((step, at) => toOfferedStep(step, parts[at] ?? null));
  const doable = parts.filter((part) => part !== null);
  const alternatives = steps.flatMap(({ skill, confidence }) =>
    skill === null ? [] : [{ skill, confidence }],
  );
  if (doable.length < parts.length)
    return { prepared: "no_skill_found", alternatives, offer: { steps: offered, pipeline: null } };
  const file = toPipelineFile(around.request.query ?? "", doable, (id) => around.skills.has(id));
  const pipeline = { ...file, confidence: toJointConfidence(steps) };
  return { prepared: "needs_choice", choices: alternatives, offer: { steps: offered, pipeline } };
}

function toPart({ text, skill: id }: CompoundStep, { skills, decide, request }: Around): PipelineStep | null {
  if (id === null) return null;
  const skill = skills.get(id);
  invariant(skill !== undefined, "a step is of a skill that was found in this catalogue");
  const decided = decide(skill, toPartRequest(request, skill, text));
  // What was given with the request and does not fit is asked for again, with its question.
  if ("refusal" in decided) return { text, skill, said: {}, missing: toRequired(skill) };
  const names = new Set([...Object.keys(request.input), ...decided.understood.map(({ name }) => name)]);
  const said = Object.entries(decided.values).filter(([name, value]) => names.has(name) && value !== null);
  return {
    text,
    skill,
    said: Object.fromEntries(said),
    missing: decided.missing.map(({ name }) => name),
  };
}

function toRequired({ input }: Skill): readonly string[] {
  return input.filter((field) => !field.optional && field.default === undefined).map(({ name }) => name);
}

function toOfferedStep({ text, skill, confidence }: CompoundStep, part: PipelineStep | null): OfferedStep {
  return {
    text,
    skill,
    description: part?.skill.description ?? null,
    confidence,
    input: part?.said ?? {},
    missing: part?.missing ?? [],
  };
}
