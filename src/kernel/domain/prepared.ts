// What comes of a request before a runner is asked: an order, or an answer that needs no run.
import type { Offer } from "./offer.ts";
import type { Refusal } from "./refusal.ts";
import type { RunOrder, Understanding } from "./run.ts";
import type { InputField, Skill } from "./skill.ts";

type Alternatives = Understanding["alternatives"];

export type Prepared =
  | { readonly prepared: "order"; readonly order: RunOrder }
  | {
      readonly prepared: "needs_input";
      readonly skill: Skill;
      readonly missing: readonly InputField[];
      /** Words of the request that may be meant for one of these, and do not say what. */
      readonly unclear: readonly { readonly names: readonly string[]; readonly words: string }[];
      readonly input: Readonly<Record<string, unknown>>;
      readonly understanding: Understanding;
    }
  | { readonly prepared: "needs_choice"; readonly choices: Alternatives; readonly offer?: Offer }
  | { readonly prepared: "no_skill_found"; readonly alternatives: Alternatives; readonly offer?: Offer }
  | { readonly prepared: "refused"; readonly refusal: Refusal };

export interface Preparation {
  readonly outcome: Prepared;
  readonly events: RunOrder["events"];
}
