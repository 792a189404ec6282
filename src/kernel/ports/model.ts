// Vendors of language models, as the model capability sees them. A provider translates; what a call may cost, what its
// answer must look like and whether it is practice is decided above it.
import type { Connector } from "../domain/connector.ts";
import type { TokenPrice } from "../domain/own-prices.ts";
import type { CapabilityIo } from "./capability.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface ModelCall {
  /** The vendor's own name of the model, without the provider's. */
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  /** The answer must be JSON of this shape; null: any text. */
  readonly schema: JsonSchema | null;
  readonly maxTokens: number;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ModelReply {
  readonly text: string;
  readonly finish: "stop" | "length" | "filtered" | "other";
  /** Null when the vendor did not say. */
  readonly usage: ModelUsage | null;
}

/** In US dollars, for a million tokens. */
export interface TokenUsd {
  readonly input: number;
  readonly output: number;
}

/** One line of the list of models. */
export interface ModelEntry {
  readonly name: string;
  readonly id: string;
  /** Null: unknown, so a call is priced by the operator's setting or refused. */
  readonly usd_per_million_tokens: TokenUsd | null;
  /** For the whole call where more tokens than those are read; null: the same. */
  readonly long_input: (TokenUsd & { readonly above_tokens: number }) | null;
  /** It is the tenant's own. */
  readonly own_price: boolean;
  /** What it would cost without; null: nobody knows. */
  readonly known_usd_per_million_tokens: TokenUsd | null;
  readonly practice: boolean;
  /** Without it the model cannot be asked: the name of a secret, null where none is needed. */
  readonly secret: string | null;
}

export interface ModelProvider {
  readonly name: string;
  /** Those it has wherever it runs; a vendor's are his to name. */
  readonly models: readonly string[];
  /** Canned answers: nothing leaves, nothing is charged but practice prices. */
  readonly isPractice: boolean;
  /** Where the vendor is and which secret it wants; null for one that stays on this machine. */
  readonly connector: Connector | null;
  /** Throws Fault `model_unreadable` when an answer came and was paid for, but cannot be read. */
  call(call: ModelCall, io: Pick<CapabilityIo, "fetch" | "practice">): Promise<ModelReply>;
}

export interface ModelPrice extends TokenPrice {
  /** A dearer price for the whole call when its input is longer than this. */
  readonly long?: (TokenPrice & { readonly aboveTokens: number }) | undefined;
  /** For each call, whatever its length. */
  readonly callMicroUsd?: number | undefined;
}
