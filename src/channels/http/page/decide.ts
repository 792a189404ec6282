// What a posted form leads to: one or a few calls of the JSON operations, and the view of what they answered.
import { z } from "zod";
import { detectLocale } from "../../../kernel/domain/text.ts";
import type { Problem } from "./answer.ts";
import { Answer } from "./answer.ts";
import type { Api, Outcome } from "./api.ts";
import { send, sendRun } from "./api.ts";
import type { Posted } from "./form.ts";
import type { Asked, View } from "./model.ts";
import { NOTHING_ASKED } from "./model.ts";
import { listEntries } from "./tables.ts";

type PostOf<Kind extends Posted["post"]> = Extract<Posted, { post: Kind }>;
type RunBody = Readonly<Record<string, unknown>>;

export interface Shown {
  readonly view: View;
  readonly asked: Asked;
}

const Stored = z.looseObject({ sha256: z.string() });

/** Null: the person said no before anything was begun; there is nothing to show. */
export async function decidePost(api: Api, posted: Posted): Promise<Shown | null> {
  if (posted.post === "ask") return ask(api, posted);
  if (posted.post === "trial") return posted.yes ? doForReal(api, posted) : null;
  if (posted.post === "answer") return answer(api, posted);
  if (posted.post === "resolve") {
    const json = { happened: posted.happened };
    return toShown(
      await send(api, `POST /runs/${encodeURIComponent(posted.run)}/resolve`, {
        as: Answer,
        json,
        key: posted.key,
      }),
    );
  }
  return toShown(await sendDecision(api, posted));
}

export function sendDecision(api: Api, posted: PostOf<"approval">): Promise<Outcome<Answer>> {
  const { id, yes, exclude, token, key } = posted;
  const json = {
    decision: yes ? "approve" : "deny",
    ...(yes && exclude.length > 0 ? { exclude } : {}),
    ...(token === "" ? {} : { token }),
  };
  return send(api, `POST /approvals/${encodeURIComponent(id)}`, { as: Answer, json, key });
}

/** What is no answer is asked for again, below what is wrong with it. */
async function answer(api: Api, { run, input, key }: PostOf<"answer">): Promise<Shown> {
  const path = `/runs/${encodeURIComponent(run)}`;
  const outcome = await send(api, `POST ${path}/answer`, { as: Answer, json: { input }, key });
  if ("value" in outcome) return toShown(outcome);
  const question = await send(api, `GET ${path}`, { as: Answer });
  return toShown(outcome, NOTHING_ASKED, "value" in question ? question.value : null);
}

function toShown(outcome: Outcome<Answer>, asked: Asked = NOTHING_ASKED, again: Answer | null = null): Shown {
  const view: View =
    "value" in outcome
      ? { view: "answer", answer: outcome.value }
      : { view: "problem", problem: outcome.problem, again };
  return { view, asked };
}

async function ask(api: Api, posted: PostOf<"ask">): Promise<Shown> {
  const stored = await storeFiles(api, posted);
  if ("problem" in stored) return toShown(stored, posted.asked);
  const asked = { ...posted.asked, input: stored.value };
  const way = {
    ...(posted.way === "practice" ? { practice: true } : {}),
    ...(posted.way === "stale" ? { allow_stale: true } : {}),
  };
  const outcome = await sendRun(api, { ...toRunBody(asked), ...way }, posted.key);
  if ("problem" in outcome && outcome.problem.code === "input_invalid") return askAgain(api, asked, outcome);
  return toShown(outcome, asked);
}

/** Each file's bytes go to the attachments, its reference into the input. */
async function storeFiles(api: Api, posted: PostOf<"ask">): Promise<Outcome<Asked["input"]>> {
  const input: Record<string, unknown> = { ...posted.asked.input };
  for (const [name, file] of posted.files) {
    const stored = await send(api, `POST /attachments?filename=${encodeURIComponent(file.name)}`, {
      as: Stored,
      file,
    });
    if ("problem" in stored) return stored;
    input[name] = { name: file.name, type: file.type, size: file.size, ...stored.value };
  }
  return { value: input };
}

function toRunBody({ query, skill, input }: Asked): RunBody {
  return {
    ...(query === "" ? {} : { query }),
    ...(skill === null ? {} : { skill }),
    ...(Object.keys(input).length === 0 ? {} : { input }),
  };
}

/** A value did not fit: the same question once more, without that value. As a dry run, so that a default cannot act in its place. */
async function askAgain(api: Api, asked: Asked, outcome: { readonly problem: Problem }): Promise<Shown> {
  const field = outcome.problem.field ?? "";
  const { [field]: _, ...rest } = asked.input;
  const without = { ...asked, input: rest };
  const question = await sendRun(api, { ...toRunBody(without), dry_run: true });
  const again = "value" in question && question.value.status === "needs_input" ? question.value : null;
  return toShown(outcome, again === null ? asked : without, again);
}

/** The yes to a trial run: exactly its plan, or a refusal with the new list. */
async function doForReal(api: Api, posted: PostOf<"trial">): Promise<Shown> {
  const trial = await send(api, `GET /runs/${encodeURIComponent(posted.run)}`, { as: Answer });
  if ("problem" in trial) return toShown(trial);
  const body = toTrialBody(api, posted, trial.value);
  const agreed = toAgreed(posted, trial.value.plan);
  const done = await sendRun(api, { ...body, ...agreed, execute: true, approval: "approved" }, posted.key);
  const { skill, input } = trial.value;
  const asked: Asked = { query: posted.query, skill: skill ?? null, input: input ?? {} };
  const problem = "problem" in done ? done.problem : done.value.problem;
  return problem?.code === "plan_drift"
    ? showNewList(api, { body, exclude: agreed.exclude ?? [] }, { problem, asked })
    : toShown(done, asked);
}

function toTrialBody(api: Api, { query }: PostOf<"trial">, { skill, input }: Answer): RunBody {
  const locale = query === "" ? api.locale : detectLocale(query);
  return { ...(query === "" ? {} : { query }), skill, input, locale };
}

/** The list that was shown, by its hash, without what is left out of it: what came to it meanwhile was not seen. */
function toAgreed({ planHash, exclude }: PostOf<"trial">, plan: Answer["plan"]) {
  const before = plan?.excluded ?? [];
  const all = [...new Set([...before, ...exclude])];
  const isLess = all.length > before.length;
  const plan_hash = isLess ? (plan?.list_hash ?? planHash) : planHash;
  return { plan_hash, ...(all.length > 0 && { exclude: all }) };
}

async function showNewList(
  api: Api,
  { body, exclude }: { readonly body: RunBody; readonly exclude: readonly string[] },
  refused: { problem: Problem; asked: Asked },
): Promise<Shown> {
  const again = await lookAnew(api, body, exclude);
  return { view: { view: "problem", problem: refused.problem, again }, asked: refused.asked };
}

/** What was to be spared stays spared, as far as it is still in the list. */
async function lookAnew(api: Api, body: RunBody, exclude: readonly string[]): Promise<Answer | null> {
  const fresh = await sendRun(api, { ...body, dry_run: true });
  if ("problem" in fresh) return null;
  const listed = new Set(listEntries(fresh.value.plan?.manifest ?? []));
  const still = exclude.filter((entry) => listed.has(entry));
  if (still.length === 0) return fresh.value;
  const less = await sendRun(api, { ...body, exclude: still, dry_run: true });
  return "value" in less ? less.value : fresh.value;
}
