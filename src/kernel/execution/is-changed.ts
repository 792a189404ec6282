// Whether what a dry run is about to read, or to foresee, is changed by a write that it only planned before.
import type { EffectRequest } from "../domain/effect.ts";
import { toNames } from "../domain/statement-names.ts";
import type { Execution } from "./execution.ts";

/**
 * A read of a place that a planned write goes to: the same table, the same path or one above or below it. And whatever names
 * such a table in its text, so that the preview of a second write to it is not taken for what the second write will find.
 */
export function isChanged(execution: Execution, effect: EffectRequest): boolean {
  if (execution.session.planned.length === 0) return false;
  const changed = listChanged(execution, effect.via);
  if (changed.length === 0) return false;
  const facts = execution.describe({ ...effect, times: 1 });
  const words = toWords(effect.request);
  const read = facts.class === "read" ? toPlaces(facts.target) : [];
  return changed.some(
    (place) => words.has(place.toLowerCase()) || read.some((other) => isBeside(place, other)),
  );
}

function listChanged({ session, order }: Execution, via: string): readonly string[] {
  const paths = new Set(order.plan.effects.filter((effect) => effect.via === via).map(({ step }) => step));
  return session.planned.filter(({ step }) => paths.has(step)).flatMap(({ target }) => toPlaces(target));
}

/** `a, b` are two tables. Of a path with a value in it that is not known yet, what stands before it. */
function toPlaces(target: string): readonly string[] {
  return target.split(", ").map((place) => {
    const at = place.indexOf("${{");
    return at === -1
      ? place
      : place
          .slice(0, at)
          .replace(/[^/]*$/, "")
          .replace(/\/$/, "");
  });
}

/** `store`: tables that nobody could name. */
function isBeside(one: string, other: string): boolean {
  if ([one, other].some((place) => place === "" || place === "store")) return true;
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/** The names in a statement's text. */
function toWords(request: unknown): ReadonlySet<string> {
  const text = typeof request === "object" && request !== null && "text" in request ? request.text : null;
  return new Set(typeof text === "string" ? toNames(text) : []);
}
