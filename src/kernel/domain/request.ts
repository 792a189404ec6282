// What a caller asks for, after its channel has authenticated it and read its words. The same for every channel.
import type { SkillId } from "./id.ts";
import type { TelemetryEvent } from "./event.ts";
import type { Principal } from "./principal.ts";
import type { Rehearsal, RunKey } from "./run.ts";
import type { Locale } from "./text.ts";

/** Where a request can come in; one that is misspelt would be a rule for nothing. */
export const CHANNELS = ["cli", "http", "page", "schedule", "test", "webhook"] as const;
export type Channel = (typeof CHANNELS)[number];

export function isChannel(text: string): text is Channel {
  return CHANNELS.some((channel) => channel === text);
}

/** A stored file that came with a request. */
export interface AttachedFile {
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export interface RunRequest {
  readonly requestId: string;
  readonly principal: Principal;
  /** Who gave what it asks for, where that is somebody else. */
  readonly givenBy?: readonly string[];
  readonly channel: Channel;
  readonly query: string | null;
  readonly skill: SkillId | null;
  readonly input: Readonly<Record<string, unknown>>;
  /** They fill the inputs that take files and were not given by name, in their order. */
  readonly files?: readonly AttachedFile[];
  /** Null: the language of the query. */
  readonly locale: Locale | null;
  readonly mode: "single" | "pipeline" | "parallel";
  /** Null: execute when every effect is a read. */
  readonly execute: boolean | null;
  readonly dryRun: boolean;
  readonly isAsync: boolean;
  readonly tags: readonly string[];
  readonly approval: "approved" | null;
  readonly approvalToken: string | null;
  readonly agreedHash: string | null;
  /** The trial run that the hash is of. */
  readonly agreedRun?: string | undefined;
  readonly excluded: readonly string[];
  readonly data: "live" | "practice";
  readonly allowStale: boolean;
  readonly record: boolean;
  readonly debug: boolean;
  readonly idempotency: RunKey | null;
  readonly waitMs: number;
  readonly maxRetries: number;
  readonly rehearsal: Rehearsal | null;
  /** UTC milliseconds; absent: now. Only of a trial: dry, on practice data. */
  readonly askedAt?: number;
  /** Telemetry of what brought the request here; it stands before its own. */
  readonly told?: readonly TelemetryEvent[];
}

/** A request that says only what to run, and for whom. */
export const NO_WISHES: Omit<RunRequest, "requestId" | "principal" | "channel" | "skill" | "input"> = {
  query: null,
  locale: null,
  mode: "single",
  execute: true,
  dryRun: false,
  isAsync: false,
  tags: [],
  approval: null,
  approvalToken: null,
  agreedHash: null,
  excluded: [],
  data: "live",
  allowStale: false,
  record: false,
  debug: false,
  idempotency: null,
  waitMs: 0,
  maxRetries: 0,
  rehearsal: null,
};
