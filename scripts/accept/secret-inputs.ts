// Every way in which something of a tenant's gets into SkillOS, each walked once with a given text.
import { createHmac } from "node:crypto";
import type { ServerProcess } from "../lib/server-process.ts";

const ECHO = `description: Say a text to a service
input:
  note: { type: text, ask: Note }
steps:
  - id: said
    http: { post: /echo, connector: sink, body: { note: "\${{ input.note }}" } }
  - id: asked
    http: { get: /echo, connector: sink, query: { note: "\${{ input.note }}" } }
output: { note: "\${{ input.note }}", said: "\${{ said.body }}", asked: "\${{ asked.body }}" }
`;
const READ = `description: Take a delivery
input:
  note: { type: text, ask: Note }
steps:
  - id: kept
    set: { note: "\${{ input.note }}" }
output: { note: "\${{ kept.note }}" }
`;
const ASK = `description: Ask a model about a text
input:
  note: { type: text, ask: Note }
steps:
  - id: told
    llm: { model: standard, prompt: "Say back: \${{ input.note }}", max_tokens: 20 }
output: { told: "\${{ told.text }}" }
`;
const WAIT = `description: Ask a person about a text
input:
  note: { type: text, ask: Note }
steps:
  - id: sent
    http: { post: /echo, connector: sink, body: { note: "\${{ input.note }}" } }
approval: { ask: always, by: owner }
output: { sent: "\${{ sent.body }}" }
`;
const MADE: Readonly<Record<string, string>> = { echo: ECHO, read: READ, ask: ASK, wait: WAIT };

export async function makeScene(server: ServerProcess, host: string, webhookSecret: string): Promise<void> {
  await server.ask(
    "PUT /connectors/sink",
    `type: http\nbase_url: http://${host}\nidempotency: header\nheaders: { x-own: "secret:CANARY_OWN", x-given: "secret:CANARY_GIVEN" }\n`,
  );
  for (const [name, text] of Object.entries(MADE)) await server.ask(`PUT /skills/canary/${name}`, text);
  // What is delivered to the second lacks what its skill asks for.
  for (const id of ["canary", "canary-bad"])
    await server.ask("POST /webhooks", { id, skill: "canary/read", secret: webhookSecret });
  for (let n = 0; n < SPARE; n += 1) {
    await server.ask("POST /webhooks", {
      id: `spare-${n}`,
      skill: "canary/read",
      secret: `${webhookSecret}${n}`,
    });
    await server.ask(`PUT /secrets/SPARE_${n}`, { value: `${webhookSecret}${n}` });
  }
}

/** To be changed, and to stand beside what is changed. */
const SPARE = 8;

export interface Walk {
  readonly server: ServerProcess;
  readonly webhookSecret: string;
  readonly text: string;
  /** Of this walk: it makes its ids its own. */
  readonly nth: number;
}

/** Whatever is refused got in nowhere, and would be searched for in vain. */
export async function walkInputs(walk: Walk): Promise<void> {
  const { server, text, nth } = walk;
  const input = { note: text };
  const headers = { "idempotency-key": `${nth} ${Buffer.from(text).toString("hex")}`.slice(0, 200) };
  // Words of no skill: asked back, or sent where an earlier correction says.
  await send(server, { route: "POST /run", body: { query: text }, mayBe: [404, 422] });
  await send(server, {
    ...{ route: "POST /run", headers },
    body: { query: text, skill: "canary/read", input },
  });
  await send(server, { route: "POST /skills/canary/echo/run", body: { input, record: true } });
  await send(server, { route: "POST /skills/canary/echo/run", body: { input, async: true } });
  await send(server, { route: "POST /skills/canary/ask/run", body: { input } });
  await send(server, { route: "POST /skills/canary/wait/run", body: { input } });
  await send(server, {
    route: "POST /feedback",
    body: { query: text, expected_skill_id: "canary/read" },
  });
  const schedule = { id: `canary-${nth}`, skill: "canary/read", input, run_at: "2099-01-01T00:00:00Z" };
  await send(server, { route: "POST /schedules", body: schedule });
  await send(server, {
    route: `POST /attachments?filename=${encodeURIComponent(text)}`,
    body: text,
    headers: { "content-type": "text/plain" },
  });
  await deliver(walk, "canary", { note: text, more: { text } });
  await deliver(walk, "canary-bad", { more: { text } });
}

interface Sent {
  readonly route: string;
  readonly body: string | object;
  readonly headers?: Record<string, string>;
  /** Refusals that are right here. */
  readonly mayBe?: readonly number[];
}

async function send(server: ServerProcess, { route, body, headers, mayBe = [] }: Sent): Promise<number> {
  const { status, text } = await server.send(route, body, headers);
  if (status >= 400 && !mayBe.includes(status)) throw new Error(`${route}: ${status} ${text.slice(0, 300)}`);
  return status;
}

async function deliver(
  { server, webhookSecret, text }: Walk,
  webhook: string,
  payload: object,
): Promise<void> {
  const body = JSON.stringify(payload);
  const route = `POST /webhooks/${webhook}`;
  const at = Math.floor(Date.now() / 1000);
  const signed = createHmac("sha256", webhookSecret).update(`${at}.${body}`).digest("hex");
  await send(server, { route, body, headers: { "x-skillos-signature": `t=${at},v1=${signed}` } });
  // Nobody's: refused, and kept nowhere.
  const forged = { "x-skillos-signature": `t=${at},v1=${text.length}` };
  const status = await send(server, { route, body, headers: forged, mayBe: [401] });
  if (status !== 401) throw new Error(`a forged delivery was answered ${status}`);
}
