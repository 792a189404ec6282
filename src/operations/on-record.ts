// A change and its entry in the audit do not come apart. The entry is begun before anything is changed, so that where the audit is
// away nothing is done; what was done takes its place afterwards. Whoever dies in between leaves it standing as begun.
import { Fault, Refused } from "../kernel/domain/refusal.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import type { Call, Operation, Reply } from "./operation.ts";
import { toUnavailable } from "../kernel/domain/unavailable.ts";

export interface OnRecord {
  /** What is thrown in the middle and passes is told as `unavailable`, with `isUnclear`. */
  run(): Promise<Reply>;
}

/** Throws where nothing can be put on record, and then nothing was done. */
export async function beginOnRecord(
  platform: Platform,
  operation: Operation<unknown>,
  call: Call<unknown>,
): Promise<OnRecord> {
  const begun = await begin(platform, operation, call);
  return {
    async run() {
      try {
        const reply = await operation.run(platform, call);
        await end(platform, call, begun);
        return reply;
      } catch (error) {
        // Noted or refused, its end is known; anything else may have been done.
        if (error instanceof Refused || call.notes.length > 0) await end(platform, call, begun);
        const reply = operation.http.startsWith("GET ") ? null : toUnclear(platform, error);
        if (reply === null) throw error;
        // oxlint-disable-next-line no-console
        console.error(call.requestId, error);
        return reply;
      }
    },
  };
}

async function begin(
  platform: Platform,
  { audited }: Operation<unknown>,
  { requestId, principal, route }: Call<unknown>,
): Promise<string | null> {
  if (audited === undefined) return null;
  const [target = route] = route.split("?");
  const entry = {
    ...{ id: requestId, at: platform.clock.now(), user: principal.user },
    ...{ action: audited, target, outcome: "begun", body: {} },
  };
  await platform.audit.begin(principal.tenant, entry);
  return requestId;
}

/** It was done, and stands as begun: that this does not arrive is no failure of it. */
async function end(
  platform: Platform,
  { principal, notes }: Call<unknown>,
  begun: string | null,
): Promise<void> {
  if (begun === null) return;
  const tell = () => platform.audit.end(principal.tenant, begun, notes);
  if (notes.length === 0) platform.background(tell().catch(() => undefined));
  else await tell().catch(() => platform.background(tell().catch(() => undefined)));
}

function toUnclear(platform: Pick<Platform, "findFault">, error: unknown): Reply | null {
  const fault = error instanceof Fault ? error : platform.findFault(error);
  if (fault?.retry !== "later") return null;
  const { message: what } = fault;
  return { refusal: { ...toUnavailable(what), isUnclear: true } };
}

/** Whether this answer says that nobody knows. */
export function isUnclear(reply: Reply): boolean {
  return "refusal" in reply && reply.refusal.reason === "unavailable" && reply.refusal.isUnclear === true;
}
