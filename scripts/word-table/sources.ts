// The texts a word table is made of, by what they ask for: requests and descriptions of public corpora whose licences allow it to be
// shipped. Share-alike corpora are not among them.
import type { DataSet } from "../eval-routing/data.ts";
import { normalise, toWords } from "../../src/kernel/routing/text/normalise.ts";
import { toTerm } from "../../src/kernel/routing/text/terms.ts";

/** Their credits stand in NOTICE. */
export const LICENSED = [
  "banking77",
  "bfcl",
  "clinc150",
  "dream-ru",
  "ha-en",
  "ha-ru",
  "hwu64",
  "metatool",
  "sealtools",
  "toolbench",
] as const;

export interface Source {
  /** Texts with one label ask for the same. */
  readonly label: string;
  readonly corpus: string;
  readonly language: "ru" | "en";
  readonly terms: readonly string[];
  readonly isRequest: boolean;
  /** How often its label is drawn beside one of as many texts that counts 1. */
  readonly drawn: number;
}

/** Judging a corpus leaves out the corpora that hold its requests or its skills, in any language. */
export function toSources(sets: readonly DataSet[], leftOut: readonly string[]): Source[] {
  const kept = sets.filter(
    ({ name }) => LICENSED.some((licensed) => licensed === name) && !leftOut.includes(name),
  );
  return kept.flatMap((set) => {
    const family = set.name.replace(/-(?:en|ru)$/, "");
    const rows = set.train.length > 0 ? set.train : set.judged;
    const requests = rows.flatMap(({ skill, query }) =>
      skill === null
        ? []
        : [toSource({ label: `${family}:${skill}`, corpus: set.name, isRequest: true, drawn: 1 }, query)],
    );
    const selves = set.skills.flatMap(({ id, name, description, params }) =>
      [`${name}. ${description}`, params ?? ""]
        .filter((text) => text !== "")
        .map((text) =>
          toSource({ label: `${family}:${id}`, corpus: set.name, isRequest: false, drawn: 1 }, text),
        ),
    );
    return [...requests, ...selves].filter(({ terms }) => terms.length > 0);
  });
}

export function toSource(about: Omit<Source, "language" | "terms">, text: string): Source {
  const language = about.corpus.endsWith("-ru") && about.isRequest ? "ru" : "en";
  return { ...about, language, terms: toWords(normalise(text)).map(toTerm) };
}
