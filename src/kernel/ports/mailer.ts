// How a mail leaves. Only the door has one; which it is, a folder here or a service there, is the composition's business.
import type { Mail } from "../domain/mail.ts";

export interface Mailer {
  /** Throws a Fault: `mail_refused` where it surely was not taken, anything else where nobody can say. */
  send(mail: Mail): Promise<void>;
}
