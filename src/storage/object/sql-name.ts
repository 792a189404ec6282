// Which names may stand in a statement that we write ourselves.
import { invariant } from "../../kernel/domain/refusal.ts";

/** A quoted table or column name; what needs more than letters, digits, spaces and underscores is not one of ours. */
export function toName(name: string): string {
  invariant(isName(name), `"${name}" can be the name of a table or column`);
  return `"${name}"`;
}

export function isName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_ ]{0,62}$/u.test(name);
}
