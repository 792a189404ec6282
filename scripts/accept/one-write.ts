// The smallest skill with an effect: one write to the sink, under one price.
import type { ServerProcess } from "../lib/server-process.ts";

export const ONE_WRITE = "accept/once";

const SKILL = `description: One write
input:
  name: { type: text, ask: Name }
steps:
  - id: sent
    http: { post: /once, connector: accept_once, body: { ref: "\${{ input.name }}" } }
output: { ok: "\${{ sent.body.ok }}" }
`;

/** As the owner of the key, or as the local one. */
export async function saveOneWrite(
  server: ServerProcess,
  sinkHost: string,
  how: { priceUsd?: number; headers?: Record<string, string> } = {},
): Promise<void> {
  const { priceUsd = 0, headers } = how;
  const price = priceUsd > 0 ? `price_per_call_usd: ${priceUsd}\n` : "";
  const connector = `type: http\nbase_url: http://${sinkHost}\nidempotency: header\n${price}`;
  for (const [route, text] of [
    ["PUT /connectors/accept_once", connector],
    [`PUT /skills/${ONE_WRITE}`, SKILL],
  ] as const) {
    const { status, text: told } = await server.send(route, text, headers);
    if (status >= 300) throw new Error(`${route}: ${status} ${told}`);
  }
}
