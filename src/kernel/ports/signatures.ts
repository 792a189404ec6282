// How a sender proves that a webhook delivery is its own. One scheme per file in triggers/signatures.

/** A delivery before anything is believed of it. */
export interface SignedRequest {
  /** Null: absent. Repeated headers arrive joined by commas, as `fetch` joins them. */
  header(name: string): string | null;
  /** The bytes as received: a decoded text may differ from what was signed. */
  readonly body: Uint8Array;
}

/** `missing`: there is no signature at all. `expired`: right, but signed too long ago. */
export type SignatureFault = "missing" | "malformed" | "wrong" | "future" | "expired";

/** From the earliest to the latest moment at which a timed signature is good, and as long again. */
export const SIGNATURE_LIFE_MS = 20 * 60_000;

export type SignatureVerdict =
  /** `covers`: what was signed beside the body, as text: a time, an id. */
  | { readonly valid: true; readonly covers: string }
  | { readonly valid: false; readonly fault: SignatureFault };

export interface SignatureScheme {
  readonly name: string;
  /** What an expired signature is called: `gone` is 410, as the specification asks of our own scheme. */
  readonly whenExpired: "gone" | "unauthenticated";
  verify(request: SignedRequest, secret: string, now: number): SignatureVerdict;
  /** The sender's own name of the event, where the scheme has one. Asked only of verified deliveries. */
  findEventId(request: SignedRequest, payload: unknown): string | null;
  /** What a verified first call must be answered with, for senders that ask whether anybody is there. */
  answerHandshake?(payload: unknown): Readonly<Record<string, unknown>> | null;
}
