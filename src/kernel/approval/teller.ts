// Tells people of a question by mail: each who may answer gets a link of his own.
import type { RunRecord } from "../domain/run.ts";
import { isMailAddress, type Mail } from "../domain/mail.ts";
import { sendMail } from "../door/send-mail.ts";
import { type LinkPorts, makeApprovalLink } from "./link.ts";
import type { User, Users } from "../ports/keys.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { MailAsking, Teller } from "../ports/notices.ts";
import { listDeciders } from "./who-decides.ts";

export interface TellerPorts extends LinkPorts {
  readonly users: Pick<Users, "list">;
  /** Null: no mail leaves here. */
  readonly mailer: Mailer | null;
  readonly publicUrl: string | null;
  readonly toMail: (run: RunRecord, asking: MailAsking) => Mail;
}

export function createTeller(ports: TellerPorts): Teller {
  const { users, mailer, publicUrl, clock, toMail } = ports;
  const list = async (run: RunRecord): Promise<readonly User[]> => {
    if (mailer === null || publicUrl === null || run.waitingFor !== "approval") return [];
    const people = await users.list(run.order.principal.tenant);
    return listDeciders(run.order, people).filter((user) => toAddress(user, run) !== null);
  };
  return {
    listRecipients: async (run) => (await list(run)).map(({ id }) => id),
    async tell(run, id) {
      const user = (await list(run)).find((one) => one.id === id);
      const address = user === undefined ? null : toAddress(user, run);
      // His role was taken, or his address, since the question was put: he is not asked any more.
      if (user === undefined || address === null || mailer === null) return;
      const path = await makeApprovalLink(ports, run, { ...user, keyId: null });
      const asking = { user: id, address, link: `${publicUrl}${path}`, at: clock.now() };
      await sendMail(mailer, toMail(run, asking));
    },
  };
}

/** Not one that somebody set when he knew of the question: he might have set his own. */
function toAddress({ id, email, emailSince }: User, { createdAt }: RunRecord): string | null {
  if (emailSince >= createdAt) return null;
  if (isMailAddress(email)) return email;
  return isMailAddress(id) ? id : null;
}
