// The person's yes, no, or "without these": asked here, decided by the server, which binds it to the plan's hash.
import { Interrupted } from "../ask.ts";
import { type Json, toField, toText } from "../json.ts";
import { type Around, askExcluded, type Decision } from "./leave-out.ts";

export async function askApproval(answer: Json, around: Around): Promise<Decision> {
  const { shell, asker, view } = around;
  const { words } = view;
  const role = words.role(toText(toField(answer, "plan", "approval", "by")) || "owner");
  for (;;) {
    const said = (await asker.ask(words.approveAs(role))).toLowerCase();
    if (words.yes.includes(said)) return { yes: true, exclude: [] };
    if (words.no.includes(said)) return { yes: false };
    if (words.leaveOut.includes(said)) {
      const decision = await askExcluded(answer, role, around);
      if (decision !== null) return decision;
      shell.screen.show([`  ${words.noneLeftOut}`]);
    } else shell.screen.show([`  ${words.yesNoOrSome}`]);
  }
}

/** Null: the person left without an answer, and the question stays open. */
export async function askOrLeave(body: Json, around: Around): Promise<Decision | null> {
  try {
    return await askApproval(body, around);
  } catch (error) {
    if (error instanceof Interrupted) return null;
    throw error;
  }
}
