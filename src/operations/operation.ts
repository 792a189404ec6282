// One thing a caller can ask, as a data object: HTTP route, OpenAPI entry and CLI command are made from it.
import type { ZodType } from "zod";
import type { TelemetryEvent } from "../kernel/domain/event.ts";
import type { Principal, Scope } from "../kernel/domain/principal.ts";
import type { Refusal } from "../kernel/domain/refusal.ts";
import type { Locale } from "../kernel/domain/text.ts";
import type { Platform } from "../kernel/ports/platform.ts";

export interface Call<Input> {
  readonly input: Input;
  readonly principal: Principal;
  readonly requestId: string;
  readonly channel: string;
  readonly locale: Locale;
  readonly idempotencyKey: string | null;
  /** The body as received, for hashing and for what is not JSON; bytes only where the operation takes a raw body. */
  readonly bodyText: string;
  readonly bodyBytes: Uint8Array;
  readonly contentType: string;
  /** `Prefer: wait=N`. */
  readonly waitMs: number;
}

export type Reply =
  | { readonly status?: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Bytes that were made elsewhere and are passed on as they are. */
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly refusal: Refusal; readonly events?: readonly TelemetryEvent[] };

export interface Operation<Input> {
  readonly name: string;
  readonly summary: string;
  /** Null: anybody may ask. */
  readonly permission: Scope | null;
  readonly http: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;
  readonly input: ZodType<Input>;
  /** The body is not JSON: it stays in `bodyText`. */
  readonly rawBody?: boolean;
  /** JSON that may be as large as an attachment. */
  readonly largeBody?: boolean;
  run(platform: Platform, call: Call<Input>): Promise<Reply>;
}

/**
 * The type of the input is forgotten here: channels parse it with the operation's own schema and nothing else calls `run`.
 */
export function defineOperation<Input>(operation: Operation<Input>): Operation<unknown> {
  return operation;
}
