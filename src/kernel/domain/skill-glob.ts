// Which skills a key reaches: `travel/*`, `travel/find_*`, `*/*`. A star stands at the end of a part and never crosses the slash.
import type { SkillId } from "./id.ts";
import type { Principal } from "./principal.ts";

const GLOB = /^([a-z0-9][a-z0-9_-]*\*?|\*)\/([a-z0-9][a-z0-9_-]*\*?|\*)$/;

export function isSkillGlob(text: string): boolean {
  return GLOB.test(text);
}

/** A skill that is out of reach is neither run nor shown: to this caller it is not there. */
export function reaches({ skills }: Pick<Principal, "skills">, skill: string): boolean {
  return skills === undefined || skills.some((glob) => isWithin(glob, skill));
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

function isWithin(glob: string, text: string): boolean {
  const [globs, parts] = [glob.split("/"), text.split("/")];
  return (
    globs.length === parts.length &&
    globs.every((one, n) => {
      const part = parts[n] ?? "";
      return one.endsWith("*") ? part.startsWith(one.slice(0, -1)) : part === one;
    })
  );
}
