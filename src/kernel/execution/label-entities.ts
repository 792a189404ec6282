// The entities of a trial by the columns that its skill shows: a person knows a quote by its total and day, not by its fourth column.
import type { Entity, PlannedWrite, ShownEntities } from "../domain/effect.ts";

export function labelEntities(
  writes: readonly PlannedWrite[],
  shown: ShownEntities | undefined,
): readonly PlannedWrite[] {
  const keys = Object.keys(shown?.rows[0] ?? {});
  if (keys.length === 0) return writes;
  return writes.map((write) =>
    write.entities === "unknown until run"
      ? write
      : { ...write, entities: write.entities.map((entity) => label(entity, keys)) },
  );
}

/** What lacks one of the columns is none of those that the skill shows. */
function label(entity: Entity, keys: readonly string[]): Entity {
  const facts = entity.before ?? entity.after;
  if (facts === undefined || !keys.every((key) => key in facts)) return entity;
  const values = keys.map((key) => facts[key]).filter((value) => value !== null && value !== "");
  return values.length === 0 ? entity : { ...entity, label: values.map(String).join(" · ") };
}
