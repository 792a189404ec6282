// Who may say yes to a question, as the operations ask for it and tell of it.
import type { Candidate } from "../../kernel/ports/keys.ts";
import { toShortRunId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

export function loadPeople({ users, clock }: Platform, { tenant }: Principal): Promise<readonly Candidate[]> {
  return users.listDeciding(tenant, clock.now());
}

/** Whose yes it wants needs the run and the command, not the number of the request. */
export function toAsking(
  refusal: RefusalOf<"forbidden">,
  { id }: Pick<RunRecord, "id">,
): RefusalOf<"forbidden"> {
  const { who = [], mend } = refusal;
  if (mend !== undefined || who.length === 0) return refusal;
  const command = `npx skillos approvals approve ${toShortRunId(id)}`;
  return {
    ...refusal,
    mend: {
      en: `Ask ${who.join(" or ")} to say yes: \`${command}\`.`,
      ru: `Попросите согласиться: ${who.join(" или ")}. Команда для этого: \`${command}\`.`,
    },
  };
}
