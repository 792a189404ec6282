// The chain over a tenant's audit rows: how a row is linked to the one before it, and where a chain was first broken.
// Whoever can write rows can also compute hashes: what he cannot reach is the head, which stands elsewhere.
import { toCanonicalJson } from "../domain/canonical.ts";
import { sha256 } from "../domain/hash.ts";
import type { TenantId } from "../domain/id.ts";
import type { Chain, ChainedEntry, Link, StoredEntry } from "../ports/audit.ts";

/** Before the first row. No row of one tenant fits into the chain of another. */
export function toFirstLink(tenant: TenantId): Link {
  return { position: 0, hash: sha256(`audit of ${tenant}`) };
}

export function toChained(entry: StoredEntry, last: Link): ChainedEntry {
  const { id, at, user, action, target, outcome, body } = entry;
  const placed = { id, at, user, action, target, outcome, body, position: last.position + 1 };
  return { ...placed, previous: last.hash, hash: toHash(placed, last.hash) };
}

type Placed = StoredEntry & Pick<Link, "position">;

function toHash({ id, at, user, action, target, outcome, body, position }: Placed, previous: string): string {
  const text = toCanonicalJson({ position, id, at, user, action, target, outcome, body });
  return sha256(`${previous}\n${text}`);
}

/**
 * `edited`: the row says something else than it said. `moved`: a row from elsewhere stands here. `missing`: none does, but there
 * are later ones. `cut_off`: none does, and no later one. `added`: a row that was never written by us.
 */
export type BreakWord = "edited" | "moved" | "missing" | "cut_off" | "added";

export interface Break {
  readonly what: BreakWord;
  readonly position: number;
}

export interface Inspection {
  readonly base: Link;
  readonly last: Link;
  /** In order itself, but it does not continue `last`: which of the two is wrong, the next row tells. */
  readonly suspect: ChainedEntry | null;
  readonly found: Break | null;
}

export function startInspection(base: Link): Inspection {
  return { base, last: base, suspect: null, found: null };
}

/** Rows in the order of their positions; after a break is found, no more are looked at. */
export function inspect(inspection: Inspection, row: ChainedEntry): Inspection {
  const { last, suspect, found } = inspection;
  if (found) return inspection;
  const fail = (what: BreakWord, position: number) => ({ ...inspection, found: { what, position } });
  if (suspect) return { ...inspection, found: toSuspected(inspection, suspect, row.previous) };
  const expected = last.position + 1;
  if (row.position > expected) return fail("missing", expected);
  if (row.position < expected) return fail("added", row.position);
  const isWhole = toHash(row, row.previous) === row.hash;
  const isLinked = row.previous === last.hash;
  if (!isWhole) return fail(isLinked ? "edited" : "moved", expected);
  return isLinked
    ? { ...inspection, last: { position: row.position, hash: row.hash } }
    : { ...inspection, suspect: row };
}

/** Whom the next row confirms was not touched, so the one before it was, together with its hash. The base stands apart. */
function toSuspected({ base }: Inspection, { position, hash }: ChainedEntry, next: string): Break {
  const isConfirmed = next === hash && position - 1 > base.position;
  return { what: "edited", position: isConfirmed ? position - 1 : position };
}

/** Null: nothing was changed. */
export function endInspection(inspection: Inspection, head: Link): Break | null {
  const { last, suspect, found } = inspection;
  if (found) return found;
  if (suspect) return toSuspected(inspection, suspect, head.hash);
  if (last.position < head.position) return { what: "cut_off", position: last.position + 1 };
  if (last.position > head.position) return { what: "added", position: head.position + 1 };
  return last.hash === head.hash ? null : { what: "edited", position: last.position };
}

/** The first place where rows are not what was written. */
export function verify(rows: Iterable<ChainedEntry>, { base, head }: Chain): Break | null {
  let inspection = startInspection(base);
  for (const row of rows) inspection = inspect(inspection, row);
  return endInspection(inspection, head);
}
