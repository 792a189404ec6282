// One thing a caller can ask, as a data object: HTTP route, OpenAPI entry and CLI command are made from it.
import type { ZodType } from "zod";
import type { TelemetryEvent } from "../kernel/domain/event.ts";
import type { Principal, Scope } from "../kernel/domain/principal.ts";
import type { Refusal } from "../kernel/domain/refusal.ts";
import type { Channel } from "../kernel/domain/request.ts";
import type { Locale } from "../kernel/domain/text.ts";
import type { AuditEntry } from "../kernel/ports/audit.ts";
import type { AuditAction } from "../kernel/ports/audit-actions.ts";
import type { Platform } from "../kernel/ports/platform.ts";

export interface Call<Input> {
  readonly input: Input;
  readonly principal: Principal;
  readonly requestId: string;
  readonly channel: Channel;
  readonly locale: Locale;
  readonly idempotencyKey: string | null;
  /** Method, path and query as they were asked. */
  readonly route: string;
  /** The body as received, for hashing and for what is not JSON; bytes only where the operation takes a raw body. */
  readonly bodyText: string;
  readonly bodyBytes: Uint8Array;
  readonly contentType: string;
  /** `Prefer: wait=N`. */
  readonly waitMs: number;
  /** What the audit is to say of this call: kept as one, with what was begun, when the operation has ended (on-record.ts). */
  readonly notes: AuditEntry[];
  /** `Last-Event-ID` of a reader who comes back to a stream. */
  readonly lastEventId: string | null;
}

interface Told {
  /** Telemetry of a request that became no run. */
  readonly events?: readonly TelemetryEvent[];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Reply =
  | (Told & { readonly body: unknown })
  /** Made elsewhere and passed on as it is. */
  | (Told & { readonly text: string })
  | (Told & { readonly bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> })
  /** `facts` stand beside the problem: what was understood before the answer was no. */
  | (Told & { readonly refusal: Refusal; readonly facts?: Readonly<Record<string, unknown>> });

export interface Operation<Input> {
  readonly name: string;
  readonly summary: string;
  /** Null: anybody may ask. */
  readonly permission: Scope | null;
  readonly http: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;
  /** The action of its entry in the audit, which is begun before anything is changed. */
  readonly audited?: AuditAction;
  readonly input: ZodType<Input>;
  /** Tells or changes what belongs to skills of every kind at once: a key that reaches single skills may not ask. */
  readonly needsEverySkill?: true;
  /** Its answer shows a secret this once: a repeat under the same Idempotency-Key is told so, nothing is kept. */
  readonly showsSecret?: true;
  /** A repeat under the same Idempotency-Key joins the run that it started: the key is that run's. */
  readonly keyIsRuns?: true;
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
