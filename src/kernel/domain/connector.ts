// A connector as data: how to reach one outside service, what its requests mean, what stands in for it in practice.
import type { EffectClass } from "./effect.ts";

export interface EffectRule {
  readonly method: string;
  /** Path prefix under the base URL. */
  readonly path: string;
  readonly effect: EffectClass;
}

export interface Connector {
  readonly name: string;
  readonly hash: string;
  readonly type: string;
  readonly baseUrl?: string | undefined;
  /** Values may be `secret:KEY`; they are resolved at the door and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** `header`: the target honours Idempotency-Key, so a lost write may be sent again. */
  readonly idempotency: "header" | "none";
  readonly effects: readonly EffectRule[];
  readonly timeoutMs: number;
  readonly pricePerCallMicroUsd: number;
  /** Name of the fixture that stands in when the service is away or has no key. */
  readonly practice?: string | undefined;
  /** Sources without a key are tried live; `practice` never leaves the machine. */
  readonly mode: "live" | "practice";
  /** What a person calls it, and where its key comes from. */
  readonly title: string;
  readonly docs?: string | undefined;
}

/** One request and its answer, recorded or written by hand (`note` says which). */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>> | undefined;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /** The body is stored as UTF-8 text and served in this charset. */
    readonly charset?: string | undefined;
  };
}

export interface Fixture {
  readonly name: string;
  readonly note: string;
  readonly asOf?: string | undefined;
  readonly exchanges: readonly Exchange[];
}
