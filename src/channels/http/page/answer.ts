// What the page understands of the JSON that `POST /run` and `GET /runs/{id}` answer. Unknown members are let be.
import { z } from "zod";

const Values = z.record(z.string(), z.unknown());
const Guess = z.object({ skill: z.string(), confidence: z.number(), description: z.string().optional() });

const Entity = z.object({
  id: z.string(),
  label: z.string(),
  before: Values.optional(),
  after: Values.optional(),
});
export type PlanEntity = z.infer<typeof Entity>;

const Write = z.object({
  key: z.string(),
  step: z.string(),
  class: z.enum(["write", "delete"]),
  target: z.string(),
  entities: z.union([z.array(Entity), z.literal("unknown until run")]),
  total: z.number().nullable(),
});
export type PlanWrite = z.infer<typeof Write>;

const Plan = z.object({
  hash: z.string(),
  effects: z.array(
    z.object({ class: z.enum(["read", "write", "delete"]), target: z.string(), via: z.string() }),
  ),
  manifest: z.array(Write).nullable(),
  excluded: z.array(z.string()),
  list_hash: z.string().optional(),
  risk: z.number(),
  approval: z.object({ needed: z.string(), by: z.string() }),
  forecast: z.object({ upper_usd: z.number() }),
  /** What the skill itself shows of its entries. */
  show: z.array(Values).optional(),
  formats: z.record(z.string(), z.string()).optional(),
});
export type AnswerPlan = z.infer<typeof Plan>;

const Missing = z.object({
  name: z.string(),
  schema: Values,
  ask: z.string(),
  said: z.array(z.string()).optional(),
  optional: z.boolean().optional(),
});
export type MissingField = z.infer<typeof Missing>;

const OfferedStep = z.object({
  text: z.string(),
  skill: z.string().nullable(),
  confidence: z.number(),
  description: z.string().optional(),
});

export const Problem = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  fix: z.string(),
  status: z.number(),
  retryable: z.boolean().default(false),
  request_id: z.string(),
  field: z.string().optional(),
  saved_at: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

export const Answer = z.object({
  status: z.enum([
    "succeeded",
    "failed",
    "cancelled",
    "planned",
    "needs_input",
    "needs_choice",
    "no_skill_found",
    "queued",
    "running",
    "waiting",
  ]),
  request_id: z.string(),
  run_id: z.string().optional(),
  short_id: z.string().optional(),
  skill: z.string().nullable().optional(),
  description: z.string().optional(),
  confidence: z.number().nullable().optional(),
  alternatives: z.array(Guess).optional(),
  examples: z.array(z.string()).optional(),
  about: z.string().optional(),
  hint: z.string().optional(),
  choices: z.array(Guess).optional(),
  /** Those of a run look otherwise, and are not shown here. */
  steps: z.array(OfferedStep).optional().catch(undefined),
  pipeline: z.object({ skill: z.string(), yaml: z.string() }).optional(),
  missing: z.array(Missing).optional(),
  input: Values.optional(),
  understood: z.array(z.object({ name: z.string(), value: z.unknown(), words: z.string() })).optional(),
  repeat: z.object({ cron: z.string() }).optional(),
  result: z.unknown().optional(),
  answer: z.string().nullable().optional(),
  details: z.string().nullable().optional(),
  formats: z.record(z.string(), z.string()).optional(),
  names: z.record(z.string(), z.string()).optional(),
  waiting_for: z.string().optional(),
  form: z.object({ ask: z.string().nullable(), expires_at: z.string() }).optional(),
  held_back: z.object({ title: z.string(), detail: z.string() }).optional(),
  outcome: z.object({ target: z.string() }).optional(),
  approval: z
    .object({
      ...{ id: z.string(), by: z.string(), expires_at: z.string() },
      /** Those whose yes counts. */
      who: z.array(z.string()).optional(),
      mine: z.boolean().optional(),
    })
    .optional(),
  approved: z.object({ by: z.string(), at: z.string() }).optional(),
  problem: Problem.optional(),
  data: z.enum(["live", "practice"]).optional(),
  sample: z.boolean().optional(),
  as_of: z.string().optional(),
  cost: z.object({ usd: z.number() }).optional(),
  plan: Plan.optional(),
  duration_ms: z.number().optional(),
  time_zone: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

export const RunList = z.object({
  time_zone: z.string().optional(),
  runs: z.array(
    z.object({
      run_id: z.string(),
      short_id: z.string(),
      skill: z.string(),
      title: z.string().optional(),
      status: z.string(),
      code: z.string().optional(),
      created_at: z.string(),
      cost: z.object({ usd: z.number() }),
    }),
  ),
});
export type RecentRun = z.infer<typeof RunList>["runs"][number];
