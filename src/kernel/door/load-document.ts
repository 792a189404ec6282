// What the system itself reads outside of any run, such as an identity provider's keys: through the same door, under the
// same rules of addresses, in a tenant's name. It sends no secret and takes no stand-in for the answer.
import { Fault } from "../domain/refusal.ts";
import type { TenantId } from "../domain/id.ts";
import type { Clock } from "../ports/clock.ts";
import type { Outbound } from "../ports/outbound.ts";
import { callByItself } from "./own-call.ts";

/** A key set or a manifest; whoever sends more sends something else. */
const MAX_BYTES = 256 * 1024;

interface Wanted {
  readonly tenant: TenantId;
  readonly url: string;
}

export async function loadDocument(
  { outbound, clock }: { outbound: Outbound; clock: Clock },
  { tenant, url }: Wanted,
): Promise<unknown> {
  const answer = await callByItself(
    { outbound, clock },
    { tenant, connector: null, secrets: new Map() },
    { method: "GET", url: new URL(url), headers: { accept: "application/json" }, body: null },
  );
  if (answer.status !== 200) throw new Fault("document", "later", `${url} answered ${answer.status}`);
  if (answer.bytes.byteLength > MAX_BYTES) throw new Fault("document", "later", `${url} is too large`);
  try {
    return JSON.parse(new TextDecoder().decode(answer.bytes));
  } catch (error) {
    throw new Fault("document", "later", `${url} is no JSON`, error);
  }
}
