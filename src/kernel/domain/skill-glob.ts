// Names for several skills, in one language for policies and keys: `*` stands for any letters, the slash too, and `?` for one. Keys
// write less of it (`travel/*`, `travel/find_*`, `*/*`): there a star stands at the end of a part, so that one glob can be told to lie
// within another.
import type { SkillId } from "./id.ts";
import type { Principal } from "./principal.ts";

/** Five stars are more than anybody needs, and few enough to be matched at once. */
const GLOB = /^(?:[a-z0-9_\-/.?]*\*){0,5}[a-z0-9_\-/.?]*$/;
const MAX_LENGTH = 200;
const GLOB_OF_KEY = /^([a-z0-9][a-z0-9_-]*\*?|\*)\/([a-z0-9][a-z0-9_-]*\*?|\*)$/;

export function isGlob(text: string): boolean {
  return text !== "" && text.length <= MAX_LENGTH && GLOB.test(text);
}

export function isGlobOfKey(text: string): boolean {
  return isGlob(text) && GLOB_OF_KEY.test(text);
}

/** `domain.name` is the same as `domain/name`, as everywhere. */
export function compileGlob(text: string): (id: string) => boolean {
  const slashed = text.includes("/") ? text : text.replace(".", "/");
  if (!/[*?]/.test(slashed)) return (id) => id === slashed;
  const pattern = slashed.replaceAll(/[.]/g, "\\.").replaceAll("?", ".").replaceAll(/\*+/g, ".*");
  const expression = new RegExp(`^${pattern}$`);
  return (id) => expression.test(id);
}

type Matcher = ReturnType<typeof compileGlob>;

/** A key's list is asked once per skill of a catalogue. */
const compiled = new WeakMap<readonly string[], readonly Matcher[]>();

function toMatchers(globs: readonly string[]): readonly Matcher[] {
  const known = compiled.get(globs);
  if (known) return known;
  const matchers = globs.map(compileGlob);
  compiled.set(globs, matchers);
  return matchers;
}

/** A skill that is out of reach is neither run nor shown: to this caller it is not there. */
export function reaches({ skills }: Pick<Principal, "skills">, skill: string): boolean {
  return skills === undefined || toMatchers(skills).some((matches) => matches(skill));
}

/** A plan with all that it calls: of this much a key must reach all, to ask for it and to agree to it. */
export function reachesPlan(
  principal: Pick<Principal, "skills">,
  {
    skill,
    pins,
  }: { readonly skill: string; readonly pins: { readonly skills: Readonly<Record<string, string>> } },
): boolean {
  return [skill, ...Object.keys(pins.skills)].every((id) => reaches(principal, id));
}

/** The catalogue as this caller sees it. Most keys reach everything, and pay nothing here. */
export function toReached<Value>(
  all: { readonly skills: ReadonlyMap<SkillId, Value> },
  principal: Pick<Principal, "skills">,
): ReadonlyMap<SkillId, Value> {
  if (principal.skills === undefined) return all.skills;
  return new Map([...all.skills].filter(([id]) => reaches(principal, id)));
}

/** Whether everything that `inner` may name is named by one of the maker's. A star within a star is but one more sign. */
export function reachesAll(maker: Pick<Principal, "skills">, inner: readonly string[] | null): boolean {
  if (maker.skills === undefined) return true;
  return inner !== null && inner.every((glob) => reaches(maker, glob));
}
