// Which way a request wants something to go: 1 is on, open or more, -1 is off, shut or less, 0 says neither or both. It never knows of what.
import { DOWN, DOWN_PARTICLES, MOVERS, UP, UP_PARTICLES } from "../data/opposites.ts";
import { normalise, toWords } from "../text/normalise.ts";
import { toTerm } from "../text/terms.ts";
import { type Features, toWordKey } from "./extract.ts";

const toKeys = (text: string): number[] => toWords(normalise(text)).map((word) => toWordKey(toTerm(word)));

function toSigns(up: string, down: string): ReadonlyMap<number, number> {
  const signs = new Map<number, number>();
  for (const key of toKeys(up)) signs.set(key, 1);
  for (const key of toKeys(down)) signs.set(key, -1);
  return signs;
}

function readSigns() {
  return {
    alone: toSigns(UP, DOWN),
    particles: toSigns(UP_PARTICLES, DOWN_PARTICLES),
    movers: new Set(toKeys(MOVERS)),
  };
}

/** Read for the first text, not at the start of an isolate. */
let signs: ReturnType<typeof readSigns> | undefined;

export function toDirection({ keys, ends }: Features): number {
  signs ??= readSigns();
  const { alone, particles, movers } = signs;
  let said = 0;
  let moved = 0;
  let isMoved = false;
  for (let at = 0; at < ends[0]; at++) {
    const key = keys[at] ?? 0;
    said += alone.get(key) ?? 0;
    moved += particles.get(key) ?? 0;
    isMoved ||= movers.has(key);
  }
  return Math.sign(isMoved ? said + moved : said);
}
