// In what a plan that somebody agreed to differs from the one that would be carried out now: in what it is made of, or row by row.
// Pure; it never decides that a difference is small enough.
import { toCanonicalJson } from "../domain/canonical.ts";
import type { Entity, PlannedWrite } from "../domain/effect.ts";
import { toPlaceOfKey } from "../domain/effect.ts";
import type { Plan } from "../domain/plan.ts";
import type { DriftRow, DriftRows } from "../domain/drift.ts";
import type { RefusalOf } from "../domain/refusal.ts";

/** More rows of a kind are counted and not told. */
const ROWS_TOLD = 50;

interface Row {
  readonly id: string;
  readonly entity: Entity;
}

export function findRows(agreed: readonly PlannedWrite[], now: readonly PlannedWrite[]): DriftRows {
  const [was, is] = [toRows(agreed), toRows(now)];
  const added = [...is.values()].filter(({ id }) => !was.has(id));
  const gone = [...was.values()].filter(({ id }) => !is.has(id));
  const changed = [...is.values()].flatMap((row) => {
    const before = was.get(row.id);
    if (!before || toCanonicalJson(before.entity) === toCanonicalJson(row.entity)) return [];
    return [toDifference(row, toFacts(before.entity), toFacts(row.entity))];
  });
  return {
    added: added.slice(0, ROWS_TOLD).map((row) => toDifference(row, undefined, toFacts(row.entity))),
    gone: gone.slice(0, ROWS_TOLD).map((row) => toDifference(row, toFacts(row.entity), undefined)),
    changed: changed.slice(0, ROWS_TOLD),
    counts: { added: added.length, gone: gone.length, changed: changed.length },
  };
}

function toRows(writes: readonly PlannedWrite[]): ReadonlyMap<string, Row> {
  const rows = writes.flatMap(({ key, entities }) =>
    entities === "unknown until run"
      ? []
      : entities.map((entity) => ({ id: `${toPlaceOfKey(key)}#${entity.id}`, entity })),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function toFacts({ before, after }: Entity): DriftRow["was"] {
  return after ?? before;
}

/** Of a row that changed only what did. */
function toDifference({ id, entity }: Row, was: DriftRow["was"], now: DriftRow["now"]): DriftRow {
  const label = entity.label === "" ? entity.id : entity.label;
  if (was === undefined || now === undefined) return { id, label, was, now };
  const names = Object.keys({ ...was, ...now }).filter(
    (name) => toCanonicalJson(was[name] ?? null) !== toCanonicalJson(now[name] ?? null),
  );
  const pick = (from: object) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
  return names.length === 0 ? { id, label, was, now } : { id, label, was: pick(was), now: pick(now) };
}

type Drift = RefusalOf<"plan_drift">;

/** Null: it is made of the same things and answers the same request; what it would touch is looked at by a trial. */
export function findPlanDrift(agreed: Plan, now: Plan): Drift | null {
  if (agreed.hash === now.hash) return null;
  const drift = (en: string, ru: string): Drift => ({
    reason: "plan_drift",
    message: { en: `${en} Nothing was changed.`, ru: `${ru} Ничего не изменено.` },
    before: agreed.hash,
    now: now.hash,
  });
  if (agreed.skill !== now.skill)
    return drift(
      `The plan is for ${agreed.skill}, and this request is for ${now.skill}.`,
      `План — для навыка ${agreed.skill}, а запрос — для ${now.skill}.`,
    );
  const skills = findOther(agreed.pins.skills, now.pins.skills).join(", ");
  if (skills !== "")
    return drift(
      `The plan was made with another version of ${skills}: then ${agreed.version}, now ${now.version}.`,
      `План сделан с другой версией ${skills}: тогда ${agreed.version}, теперь ${now.version}.`,
    );
  const connectors = findOther(agreed.pins.connectors, now.pins.connectors).join(", ");
  if (connectors !== "")
    return drift(
      `The plan is older than the connector ${connectors} as it is now.`,
      `План старше нынешнего коннектора ${connectors}.`,
    );
  const prices = findOther(agreed.pins.prices ?? {}, now.pins.prices ?? {}).join(", ");
  if (prices !== "")
    return drift(`The price of ${prices} is another one by now.`, `Цена теперь другая: ${prices}.`);
  const values = findOther(agreed.input, now.input).join(", ");
  return drift(
    values === "" ? "The plan is another one by now." : `The plan was made for another ${values}.`,
    values === "" ? "План теперь другой." : `План сделан для другого значения: ${values}.`,
  );
}

function findOther(
  was: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys({ ...was, ...now }).filter(
    (name) => toCanonicalJson(was[name] ?? null) !== toCanonicalJson(now[name] ?? null),
  );
}
