// Whether a run with writes may go on: nobody need be asked, somebody said yes to exactly this, or it waits.
import { toCanonicalJson } from "../domain/canonical.ts";
import type { Manifest, PlannedWrite } from "../domain/effect.ts";
import { toPlaceOfKey } from "../domain/effect.ts";
import { toShortHash } from "../domain/hash.ts";
import type { RefusalOf } from "../domain/refusal.ts";
import type { RunOrder } from "../domain/run.ts";
import { findRows } from "../approval/plan-drift.ts";

export type ApproveDecision =
  | { readonly go: true; readonly how: "not needed" | "the caller" }
  | { readonly wait: true }
  | { readonly refusal: RefusalOf<"plan_drift"> };

/** Whether the list of entities must be known before anything is written. */
export function needsManifest(order: RunOrder): boolean {
  return (
    order.dryRun || order.approval.needed !== "no" || order.agreedHash !== null || order.excluded.length > 0
  );
}

/** The hash binds the plan, what it would write, and what was left out. Keys lose their run id: each run has its own. */
export function toManifest(
  planHash: string,
  writes: readonly PlannedWrite[],
  excluded: readonly string[],
): Manifest {
  const content = writes.map((write) => ({ ...write, key: toPlaceOfKey(write.key) }));
  const left = [...excluded].sort();
  return {
    writes,
    excluded: left,
    hash: toShortHash(toCanonicalJson({ plan: planHash, writes: content, excluded: left })),
  };
}

/**
 * Whether a trial is all there is to be. A step that would write is in the list or was certainly left out: what only the run can
 * know is listed as such, so that an empty list means no writes. The door holds the run to that list all the same.
 */
export function endsWithTrial(order: RunOrder, { writes }: Manifest): boolean {
  return order.dryRun && !(order.goesOnIdle && writes.length === 0);
}

/** `policy`: what policies say of this very list, now that its entities are counted. */
export function decideApproval(
  order: RunOrder,
  manifest: Manifest,
  policy: "yes" | "no" | "unknown",
): ApproveDecision {
  if (order.agreedHash !== null && !isAgreed(order, manifest)) {
    const drift = toDrift(order.agreedHash, manifest.hash);
    const { agreedWrites } = order;
    if (agreedWrites === undefined) return { refusal: drift };
    return { refusal: { ...drift, rows: findRows(agreedWrites, manifest.writes) } };
  }
  const isAsked = order.approval.needed === "yes" || policy !== "no";
  if (!isAsked || !isWorthAsking(manifest)) return { go: true, how: "not needed" };
  if (order.approved) return { go: true, how: "the caller" };
  return { wait: true };
}

/** Nothing would be written: there is nothing to ask about. Without a list nobody can say so. */
export function isWorthAsking(manifest: Manifest | null): boolean {
  return manifest === null || manifest.writes.some(({ total }) => total !== 0);
}

export function toDrift(before: string, now: string): RefusalOf<"plan_drift"> {
  return {
    reason: "plan_drift",
    message: {
      en: "What this would change is no longer what you agreed to. Nothing was changed.",
      ru: "То, что будет изменено, уже не то, с чем вы согласились. Ничего не изменено.",
    },
    before,
    now,
  };
}

/** Agreeing to the whole list agrees to less of it: what was left out may be named with the hash of either. */
function isAgreed(order: RunOrder, manifest: Manifest): boolean {
  if (order.agreedHash === manifest.hash) return true;
  return order.agreedHash === toManifest(order.plan.hash, manifest.writes, []).hash;
}

type Unfit = { readonly refusal: RefusalOf<"bad_request"> };

/** The entries as the manifest names its entities, `step:n#id`; a bare id will do where only one entity has it. */
export function toExcluded(
  writes: readonly PlannedWrite[],
  wanted: readonly string[],
): { readonly excluded: readonly string[] } | Unfit {
  const known = writes.flatMap(toEntries);
  const excluded = new Set<string>();
  for (const entry of wanted) {
    const fitting = known.filter((one) => one.entry === entry || one.id === entry);
    const [only] = fitting;
    if (!only || fitting.length > 1) {
      const message = {
        en: `"${entry}" is not one entry of the list. Nothing was done.`,
        ru: `«${entry}» — не одна строка списка. Ничего не сделано.`,
      };
      const names = known
        .slice(0, 5)
        .map((one) => one.entry)
        .join(", ");
      const mend = { en: `Leave out by these names: ${names}.`, ru: `Убирают по этим именам: ${names}.` };
      return { refusal: { reason: "bad_request", message, mend, field: "exclude" } };
    }
    excluded.add(only.entry);
  }
  return findTornRow(writes, excluded) ?? { excluded: [...excluded] };
}

function toEntries({
  key,
  entities,
}: PlannedWrite): readonly { id: string; entry: string; isNew: boolean }[] {
  if (entities === "unknown until run") return [];
  const place = toPlaceOfKey(key);
  return entities.map(({ id, before }) => ({ id, entry: `${place}#${id}`, isNew: before === undefined }));
}

/** A row that is there is skipped (decision 002); of rows that a statement adds, none can be told from the others before it is done. */
function findTornRow(writes: readonly PlannedWrite[], excluded: ReadonlySet<string>): Unfit | null {
  for (const write of writes.filter((one) => one.class !== "delete")) {
    const entries = toEntries(write);
    const torn = entries.find(({ entry, isNew }) => isNew && excluded.has(entry));
    if (!torn || entries.every(({ entry }) => excluded.has(entry))) continue;
    const count = entries.filter(({ isNew }) => isNew).length;
    const place = toPlaceOfKey(write.key);
    return {
      refusal: {
        reason: "bad_request",
        message: {
          en: `"${torn.entry}" is one of ${count} new rows that one statement adds: it adds all of them or none. Nothing was done.`,
          ru: `«${torn.entry}» — одна из новых строк (${count}), которые добавляет один запрос: он добавит все или ни одной. Ничего не сделано.`,
        },
        mend: {
          en: `Leave out all rows of ${place}, or none.`,
          ru: `Исключите все строки ${place} или ни одной.`,
        },
        field: "exclude",
      },
    };
  }
  return null;
}
