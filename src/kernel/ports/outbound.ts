// The one way out of the Worker: compose.ts hands the platform's own fetch to the door under this name.

/** A request that leaves. Plain data: the platform's Request and Headers cost more than the rest of a step. */
export interface Outgoing {
  readonly method: string;
  /** Belongs to this request: whoever changes it makes a copy. */
  readonly url: URL;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

/** An answer that has arrived whole. */
export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Outbound {
  /** Follows no redirect. */
  fetch(request: Outgoing, signal: AbortSignal): Promise<Response>;
  /** `host:port` pairs that may be private (local environment only). */
  readonly privateHosts: readonly string[];
}
