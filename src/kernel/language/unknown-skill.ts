// The refusal of a skill id that names none, with the skill that was probably meant: its last part written alone or under
// another domain, or a slip of the fingers.
import type { RefusalOf } from "../domain/refusal.ts";
import { findNearestName } from "./nearest-name.ts";

export function toUnknownSkill(written: string, known: Iterable<string>): RefusalOf<"not_found"> {
  const suggestion = findNearSkill(written, known);
  return { reason: "not_found", what: "skill", id: written, suggestion };
}

export function findNearSkill(written: string, known: Iterable<string>): string | undefined {
  const ids = [...known].toSorted();
  const wanted = toLastPart(written.toLowerCase());
  const namesakes = ids.filter((id) => toLastPart(id) === wanted);
  if (namesakes.length > 0) return findNearestName(written, namesakes) ?? namesakes[0];
  const near = findNearestName(written, ids);
  if (near !== null) return near;
  const name = findNearestName(wanted, ids.map(toLastPart));
  return ids.find((id) => toLastPart(id) === name);
}

/** People also write a point, a space or nothing before it. */
function toLastPart(id: string): string {
  return id.split(/[/.\s]/).at(-1) ?? "";
}
