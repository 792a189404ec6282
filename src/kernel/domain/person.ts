// Somebody of a tenant, as whoever asks whether he may decide something sees him.
import type { Role } from "./principal.ts";

export interface Person {
  readonly id: string;
  /** Null: he was removed within the last day. */
  readonly role: Role | null;
  /** The greatest that he had within the last day; absent: the same. */
  readonly lately?: Role;
  /** His keys and his mail address: in whose hands, beside his own, each of them is. Absent: he has none that is known of. */
  readonly ways?: readonly (readonly string[])[];
}

/** What he changes today does not count before tomorrow where it would make him the only one. */
export const LATELY_MS = 24 * 3_600_000;
