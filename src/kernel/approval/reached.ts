// Whom a question reaches by mail. A link is as good as a key: none goes to an address that one of those who asked has set, while
// somebody else could decide, and none to one that was set when the question was known.
import { isMailAddress } from "../domain/mail.ts";
import type { Role } from "../domain/principal.ts";
import type { RunRecord } from "../domain/run.ts";
import type { Candidate } from "../ports/keys.ts";
import { listDeciders, listOthers, toAskedOf } from "./who-decides.ts";

export interface Reached {
  readonly id: string;
  readonly role: Role;
  readonly address: string;
  /** Whose the address may be too. */
  readonly hands: readonly string[];
}

type Asking = Pick<RunRecord, "order" | "steps" | "createdAt">;

export function listReached(run: Asking, people: readonly Candidate[]): readonly Reached[] {
  const unlinked = new Set(listUnlinked(run, people));
  return listDeciders(toAskedOf(run), people).flatMap((user) => {
    const address = toAddress(user);
    if (address === null || user.role === null || unlinked.has(user.id)) return [];
    return user.emailSince >= run.createdAt
      ? []
      : [{ id: user.id, role: user.role, address, hands: user.emailBy }];
  });
}

/** Those who may decide and get no link, because somebody who asked has set their address. */
export function listUnlinked(run: Asking, people: readonly Candidate[]): readonly string[] {
  const asked = toAskedOf(run);
  if (listOthers(asked, people).length === 0) return [];
  const isTheirs = (user: Candidate) => user.emailBy.some((one) => asked.askers.includes(one));
  return listDeciders(asked, people).flatMap((user) =>
    toAddress(user) !== null && isTheirs(user) ? [user.id] : [],
  );
}

function toAddress({ id, email }: Pick<Candidate, "id" | "email">): string | null {
  if (isMailAddress(email)) return email;
  return isMailAddress(id) ? id : null;
}
