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

/** Whose answer it wants needs the run and the command, not the number of the request. */
export function withWhom(
  refusal: RefusalOf<"forbidden">,
  { id }: Pick<RunRecord, "id">,
  decision: "approve" | "deny",
): RefusalOf<"forbidden"> {
  const { who = [], mend } = refusal;
  if (mend !== undefined || who.length === 0) return refusal;
  const command = `\`skillos approvals ${decision} ${toShortRunId(id)}\``;
  const isYes = decision === "approve";
  return {
    ...refusal,
    mend: {
      en: `Ask ${who.join(" or ")} to say ${isYes ? "yes" : "no"}: ${command}.`,
      ru: `Попросите ${isYes ? "согласиться" : "отказать"}: ${who.join(" или ")}. Команда для этого: ${command}.`,
    },
  };
}
