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
  await server.ask("POST /webhooks", { id: "canary", skill: "canary/read", secret: webhookSecret });
}

export interface Walk {
  readonly server: ServerProcess;
  readonly webhookSecret: string;
  readonly text: string;
  /** Of this walk: it makes its ids its own. */
  readonly nth: number;
}

/** Answers of requests, for what they say beside the caller's own words. */
export async function walkInputs(walk: Walk): Promise<void> {
  const { server, text, nth } = walk;
  const input = { note: text };
  const headers = { "idempotency-key": `${nth} ${Buffer.from(text).toString("hex")}`.slice(0, 200) };
  await server.send("POST /run", { query: text }, headers);
  await server.send("POST /run", { query: text, skill: "canary/read", input }, headers);
  await server.send("POST /skills/canary/echo/run", { input, record: true });
  await server.send("POST /skills/canary/echo/run", { input, async: true });
  await server.send("POST /skills/canary/ask/run", { input });
  await server.send("POST /skills/canary/wait/run", { input });
  await server.send("POST /feedback", { query: text, expected_skill: "canary/read" });
  await server.send("POST /schedules", {
    ...{ id: `canary-${nth}`, skill: "canary/read", input },
    run_at: "2099-01-01T00:00:00Z",
  });
  await server.send(`POST /attachments?filename=${encodeURIComponent(text)}`, text, {
    "content-type": "text/plain",
  });
  await deliver(walk);
}

async function deliver({ server, webhookSecret, text }: Walk): Promise<void> {
  const body = JSON.stringify({ note: text, more: { text } });
  const at = Math.floor(Date.now() / 1000);
  const signed = createHmac("sha256", webhookSecret).update(`${at}.${body}`).digest("hex");
  await server.send("POST /webhooks/canary", body, { "x-skillos-signature": `t=${at},v1=${signed}` });
  // Nobody's: refused, and kept nowhere.
  await server.send("POST /webhooks/canary", body, { "x-skillos-signature": `t=${at},v1=${text.length}` });
}
