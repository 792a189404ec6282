/** The one way out of the Worker: compose.ts hands the platform's own fetch to the door under this name. */
export interface Outbound {
  fetch(request: Request): Promise<Response>;
  /** `host:port` pairs that may be private (local environment only). */
  readonly privateHosts: readonly string[];
}
