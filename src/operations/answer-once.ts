// A request under an Idempotency-Key is answered once: whoever sends it again within the key's time gets the same bytes. One
// place for every POST, but those that start runs: their keys are their runs'. (A PUT or DELETE is by nature what its repeat is.)
import { sha256 } from "../kernel/domain/hash.ts";
import { type Refusal, Refused } from "../kernel/domain/refusal.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import type { KeptReply, ReplyClaim, ReplyEnd } from "../kernel/ports/replies.ts";
import { beginOnRecord, isUnclear } from "./on-record.ts";
import type { Call, Operation, Reply } from "./operation.ts";
import { toMeaning } from "./runs/run-request.ts";

const AGAIN_MS = 1_000;
const LONGEST_KEY = 1_000;
const REPLAYED = { "idempotency-replayed": "true" };

export async function answerOnce(
  platform: Platform,
  operation: Operation<unknown>,
  call: Call<unknown>,
): Promise<Reply> {
  const { idempotencyKey: sent, principal } = call;
  if (operation.keyIsRuns) return findBadKey(sent) ?? operation.run(platform, call);
  if (sent === null || !operation.http.startsWith("POST "))
    return (await beginOnRecord(platform, operation, call)).run();
  const bad = findBadKey(sent);
  if (bad) return bad;
  // Keys belong to a user and an operation: nobody meets a key that another chose, nor one of his own for something else.
  const key = sha256(`${operation.name}\n${principal.user}\n${sent}`);
  const request = {
    key,
    bodyHash: toMeaning(call),
    expiresAt: platform.clock.now() + platform.limits.idempotencyTtlMs,
  };
  const claim = await platform.replies.claim(principal.tenant, request);
  if (claim.claimed !== "new") return toRepeat(claim, sent);
  const end = (as: ReplyEnd) => platform.replies.end(principal.tenant, { key, claim: claim.claim, as });
  if (claim.isAgain && operation.showsSecret) {
    // Begun before a crash: a second secret would be made beside one that nobody saw.
    await end("not kept");
    return { refusal: { reason: "shown_once", key: sent } };
  }
  return carryOut({ platform, operation, call, end });
}

function findBadKey(sent: string | null): Reply | null {
  return sent === "" || (sent !== null && sent.length > LONGEST_KEY) ? { refusal: NO_KEY } : null;
}

interface Asked {
  readonly platform: Platform;
  readonly operation: Operation<unknown>;
  readonly call: Call<unknown>;
  readonly end: (as: ReplyEnd) => Promise<void>;
}

/**
 * What was refused has changed nothing, nor has what could not even be begun: its key is free. What broke in the middle may have
 * been done: the same request may ask again, but where a second secret would be made beside one that nobody saw.
 */
async function carryOut({ platform, operation, call, end }: Asked): Promise<Reply> {
  let as: ReplyEnd = "free";
  try {
    const onRecord = await beginOnRecord(platform, operation, call);
    as = operation.showsSecret ? "not kept" : "unclear";
    const reply = await onRecord.run();
    if (isUnclear(reply)) return reply;
    const kept = toKept(reply);
    if (kept === null) as = "free";
    else if (!operation.showsSecret) as = kept;
    return kept === null ? reply : { ...told(reply), ...toText(kept) };
  } catch (error) {
    if (error instanceof Refused) as = "free";
    throw error;
  } finally {
    // It is done: that its answer could not be kept must not be told as a failure. Asked for once more, an object is there.
    await end(as).catch(() => end(as).catch(() => null));
  }
}

function told({ events }: Reply): Pick<Reply, "events"> {
  return events === undefined ? {} : { events };
}

/** Null: nothing was done, or it is a stream, which is read and changes nothing. */
function toKept(reply: Reply): KeptReply | null {
  if ("refusal" in reply || "bytes" in reply) return null;
  const { status = 200, headers = {} } = reply;
  return "text" in reply
    ? { status, headers, body: reply.text }
    : {
        status,
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(reply.body),
      };
}

function toText({ status, headers, body }: KeptReply) {
  return { status, headers, text: body };
}

function toRepeat(claim: Exclude<ReplyClaim, { claimed: "new" }>, key: string): Reply {
  if (claim.claimed === "in_progress")
    return { refusal: { reason: "in_progress", key, retryAfterMs: AGAIN_MS } };
  if (claim.claimed === "other_body") return { refusal: { reason: "idempotency_mismatch", key } };
  if (claim.reply === null) return { refusal: { reason: "shown_once", key } };
  const { headers } = claim.reply;
  return { ...toText(claim.reply), headers: { ...headers, ...REPLAYED } };
}

const NO_KEY: Refusal = {
  reason: "bad_request",
  message: {
    en: `An Idempotency-Key has 1 to ${LONGEST_KEY} characters.`,
    ru: `В Idempotency-Key от 1 до ${LONGEST_KEY} знаков.`,
  },
  mend: {
    en: "Take a new random id for each request that is not a repeat, or leave the header out.",
    ru: "Для каждого запроса, который не повтор, возьмите новый случайный номер — или уберите заголовок.",
  },
  field: "Idempotency-Key",
};
