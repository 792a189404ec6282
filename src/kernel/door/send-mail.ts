// What the system itself writes to people outside of any run, such as a question to whoever may answer it: through the same door
// as a step's mail, in a tenant's name, to addresses that are no more than addresses.
import type { Mail } from "../domain/mail.ts";
import { isMailAddress, MAX_MAIL_CHARACTERS } from "../domain/mail.ts";
import { Fault } from "../domain/refusal.ts";
import type { Mailer } from "../ports/mailer.ts";

export async function sendMail(mailer: Mailer, mail: Mail): Promise<void> {
  if (mail.to.length === 0 || !mail.to.every(isMailAddress))
    throw new Fault("mail_refused", "never", "a mail needs addresses that are addresses");
  // A question is a page of text; whatever is more than a mail may hold stands behind its link.
  await mailer.send({ ...mail, text: mail.text.slice(0, MAX_MAIL_CHARACTERS) });
}
