// Tells people of a question by mail: each who may answer gets a link of his own.
import type { RunRecord } from "../domain/run.ts";
import type { Mail } from "../domain/mail.ts";
import { sendMail } from "../door/send-mail.ts";
import { type LinkPorts, makeApprovalLink } from "./link.ts";
import type { Users } from "../ports/keys.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { MailAsking, Teller } from "../ports/notices.ts";
import { listReached, type Reached } from "./reached.ts";

export interface TellerPorts extends LinkPorts {
  readonly users: Pick<Users, "listDeciding">;
  /** Null: no mail leaves here. */
  readonly mailer: Mailer | null;
  readonly publicUrl: string | null;
  readonly toMail: (run: RunRecord, asking: MailAsking) => Mail;
}

export function createTeller(ports: TellerPorts): Teller {
  const { users, mailer, publicUrl, clock, toMail } = ports;
  const list = async (run: RunRecord): Promise<readonly Reached[]> => {
    if (mailer === null || publicUrl === null || run.waitingFor !== "approval") return [];
    const people = await users.listDeciding(run.order.principal.tenant, clock.now());
    return listReached(run, people);
  };
  return {
    listRecipients: async (run) => (await list(run)).map(({ id }) => id),
    async tell(run, id) {
      const user = (await list(run)).find((one) => one.id === id);
      // His role was taken, or his address, since the question was put: he is not asked any more.
      if (user === undefined || mailer === null) return;
      const { role, address, hands } = user;
      const path = await makeApprovalLink(ports, run, { id, role, hands, keyId: null });
      const asking = { user: id, address, link: `${publicUrl}${path}`, at: clock.now() };
      await sendMail(mailer, toMail(run, asking));
    },
  };
}
