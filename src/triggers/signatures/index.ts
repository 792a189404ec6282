// The list of signature schemes. Adding one: its file, its rows in the table test, its line here.
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";
import { github } from "./github.ts";
import { skillos } from "./skillos.ts";
import { slack } from "./slack.ts";
import { standard } from "./standard.ts";
import { stripe } from "./stripe.ts";

const ALL: readonly SignatureScheme[] = [skillos, stripe, github, slack, standard];

export const SIGNATURE_SCHEMES: ReadonlyMap<string, SignatureScheme> = new Map(
  ALL.map((scheme) => [scheme.name, scheme]),
);
