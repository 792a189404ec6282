// The seven acts. Each asks the server as anybody would, shows what came, and throws where it is not what must come.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { waitForRun } from "../accept/kill-jobs.ts";
import type { Sink } from "../accept/sink.ts";
import { root } from "../lib/bootstrap.mjs";
import { type Body, parseBody, type ServerProcess } from "../lib/server-process.ts";
import { listAt, textAt } from "./fields.ts";
import type { Words } from "./words.ts";

export interface Stage {
  readonly language: "ru" | "en";
  readonly words: Words;
  readonly server: ServerProcess;
  readonly sink: Sink;
  readonly onReceived: (listener: () => void) => void;
  readonly tell: (line: string) => void;
}

export interface Act {
  readonly name: keyof Words["headings"];
  play(stage: Stage): Promise<void>;
}

const WRITES = ["one", "two", "three"] as const;
const FINISHED_WITHIN_MS = 60_000;
const STRUCK_WITHIN_MS = 30_000;

const toPercent = (value: unknown, ...path: string[]): string =>
  String(Math.round(Number(textAt(value, ...path)) * 100));

function must(isSo: boolean, what: string, answer: unknown): void {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(answer).slice(0, 600)}`);
}

async function run({ server, language }: Stage, body: object): Promise<{ status: number; body: Body }> {
  const { status, text } = await server.send("POST /run", body, { "accept-language": language });
  return { status, body: parseBody(text) };
}

async function route(stage: Stage): Promise<void> {
  const { server, words, tell, language } = stage;
  tell(words.someone(words.query));
  const path = `GET /route?q=${encodeURIComponent(words.query)}`;
  const answer = await server.send(path, undefined, { "accept-language": language });
  const [first] = listAt(parseBody(answer.text), "candidates");
  must(textAt(first, "skill") === "oysters/delete_old_quotes", "another skill was found", answer.text);
  tell(
    words.understood(textAt(first, "description"), textAt(first, "skill"), toPercent(first, "confidence")),
  );
}

async function rehearse(stage: Stage, exclude: readonly string[] = []): Promise<Body> {
  const { body } = await run(stage, { query: stage.words.query, execute: true, dry_run: true, exclude });
  must(body["status"] === "planned", "the trial run did not make a plan", body);
  return body;
}

const entitiesOf = (planned: Body): readonly Body[] =>
  listAt(listAt(planned, "plan", "manifest")[0], "entities");

async function plan(stage: Stage): Promise<void> {
  const { words, tell } = stage;
  const planned = await rehearse(stage);
  for (const one of listAt(planned, "understood"))
    tell(words.value(textAt(one, "name"), textAt(one, "value"), textAt(one, "words")));
  const entities = entitiesOf(planned);
  must(entities.length === 3, "three drafts should be in the plan", planned);
  tell(words.wouldDelete(entities.length));
  for (const entity of entities) tell(`  ${textAt(entity, "label")}`);
  tell(
    words.risk(
      textAt(planned, "plan", "risk"),
      textAt(planned, "plan", "approval", "by"),
      textAt(planned, "plan", "hash"),
    ),
  );
}

async function refused(stage: Stage): Promise<void> {
  const { words, tell } = stage;
  tell(words.withFile(words.question));
  const data = readFileSync(join(root, "samples", "tender.txt")).toString("base64");
  const attachments = [{ filename: "tender.txt", content_type: "text/plain", data }];
  const { status, body } = await run(stage, { query: words.question, execute: true, attachments });
  must(status === 402 && body["code"] === "budget_exceeded", "it should have been refused", body);
  tell(`✗ ${textAt(body, "title")}`);
  tell(`  ${textAt(body, "detail")}`);
  tell(`  ${textAt(body, "fix")}`);
  tell(`  budget_exceeded · 402`);
}

async function approved(stage: Stage): Promise<void> {
  const { words, tell } = stage;
  const spared = entitiesOf(await rehearse(stage))[1];
  tell(words.leftOut(textAt(spared, "label")));
  const exclude = [`remove:1#${textAt(spared, "id")}`];
  const agreed = await rehearse(stage, exclude);
  const plan_hash = textAt(agreed, "plan", "hash");
  tell(words.planAgain(plan_hash));
  const wish = { query: stage.words.query, execute: true, exclude, plan_hash, approval: "approved" };
  const { body } = await run(stage, wish);
  must(
    body["status"] === "succeeded" && textAt(body, "result", "deleted") === "2",
    "it should have deleted two",
    body,
  );
  tell(`✓ ${textAt(body, "answer")} · ${words.run(textAt(body, "short_id"))}`);
}

const BOOKING = `description: Three writes
steps:
${WRITES.map((id) => `  - id: ${id}\n    http: { post: /${id}, connector: tour, body: { ref: ${id} } }\n`).join("")}`;

/** The run that was killed: the only one of its skill. */
async function findKilled(server: ServerProcess): Promise<string> {
  const listed = await server.ask("GET /runs?skill=tour/three_writes");
  const [only] = listAt(listed, "runs");
  must(only !== undefined, "the run is not known any more", listed);
  return textAt(only, "run_id");
}

async function killed(stage: Stage): Promise<void> {
  const { server, sink, words, tell } = stage;
  tell(words.booking);
  const connector = `type: http\nbase_url: http://${sink.host}\nidempotency: header\n`;
  await server.ask("PUT /connectors/tour", connector);
  await server.ask("PUT /skills/tour/three_writes", BOOKING);
  const { promise: struck, resolve, reject } = Promise.withResolvers<void>();
  const tooLate = setTimeout(() => reject(new Error("the second write never came")), STRUCK_WITHIN_MS);
  let arrived = 0;
  stage.onReceived(() => {
    arrived += 1;
    // The write is there and its answer is not: the worst moment.
    if (arrived === 2) resolve(server.crash());
  });
  // The kill may be faster than this answer; then the run is found by its skill.
  const accepted = await server.ask("POST /skills/tour/three_writes/run", { async: true }).catch(() => null);
  if (accepted) tell(words.accepted(textAt(accepted, "short_id")));
  await struck;
  clearTimeout(tooLate);
  tell(words.struck(sink.seen.size));
}

async function finished({ server, sink, words, tell }: Stage): Promise<void> {
  tell(words.back(await server.start()));
  const ended = await waitForRun(server, await findKilled(server), Date.now() + FINISHED_WITHIN_MS);
  must(ended?.["status"] === "succeeded", "the run did not finish", ended);
  let done = 0;
  for (const id of WRITES) {
    const sends = sink.seen.get(id);
    must(
      sends?.keys.size === 1,
      `the write ${id} was not done once`,
      sends ? [...sends.keys] : "never arrived",
    );
    tell(words.write(id, sends?.times ?? 0, sends?.keys.size ?? 0));
    done += 1;
  }
  tell(words.once(done));
}

async function explained({ server, words, tell }: Stage): Promise<void> {
  const told = await server.ask(`GET /runs/${await findKilled(server)}`);
  const steps = listAt(told, "steps");
  must(steps.length === WRITES.length, "every step should be told", told);
  for (const step of steps) tell(words.step(textAt(step, "path"), textAt(step, "status")));
  for (const effect of listAt(told, "effects"))
    tell(words.effect(textAt(effect, "key"), textAt(effect, "state")));
  tell(words.cost(Number(textAt(told, "cost", "usd")).toFixed(2), textAt(told, "duration_ms")));
}

export const ACTS: readonly Act[] = [
  { name: "route", play: route },
  { name: "plan", play: plan },
  { name: "refused", play: refused },
  { name: "approved", play: approved },
  { name: "killed", play: killed },
  { name: "finished", play: finished },
  { name: "explained", play: explained },
];
