// Where mail goes: a file each in a folder of this computer, or Cloudflare's own service. Neither is asked whether it may.
import { toEml, type Mail } from "../kernel/domain/mail.ts";
import { sha256 } from "../kernel/domain/hash.ts";
import { Fault } from "../kernel/domain/refusal.ts";
import type { Mailer } from "../kernel/ports/mailer.ts";

/** The part of a service binding that a folder of workerd has. */
interface Folder {
  fetch(url: string, init: { method: "PUT"; body: string }): Promise<{ ok: boolean; status: number }>;
}

/** One file a mail, named by its time and its id: the same mail sent again is the same file. */
export class FolderMailer implements Mailer {
  readonly #folder: Folder;
  readonly #from: string;

  constructor(folder: Folder, from: string) {
    this.#folder = folder;
    this.#from = from;
  }

  async send(mail: Mail): Promise<void> {
    const name = `${sha256(mail.messageId).slice(0, 16)}.eml`;
    const put = { method: "PUT", body: toEml(mail, this.#from) } as const;
    const answer = await this.#folder.fetch(`http://mail/${name}`, put);
    if (answer.ok) return;
    // Away, or a no; any other fault may come after the file was written.
    const code = answer.status < 500 || answer.status === 503 ? "mail_refused" : "mail_doubtful";
    throw new Fault(code, "later", `the mail folder answered ${answer.status}`);
  }
}

/** The part of `send_email` that is used. */
interface SendingBinding {
  send(mail: {
    from: string;
    to: string[];
    subject: string;
    text: string;
    headers: Record<string, string>;
  }): Promise<unknown>;
}

/** https://developers.cloudflare.com/email-routing/email-workers/send-email-workers/ */
export class ServiceMailer implements Mailer {
  readonly #service: SendingBinding;
  readonly #from: string;

  constructor(service: SendingBinding, from: string) {
    this.#service = service;
    this.#from = from;
  }

  async send({ to, subject, text, messageId }: Mail): Promise<void> {
    const headers = { "Message-ID": messageId, "Auto-Submitted": "auto-generated" };
    await this.#service.send({ from: this.#from, to: [...to], subject, text, headers });
  }
}

/** Null: this server has no way to send any. */
export function toMailer(
  { MAIL, EMAIL }: { readonly MAIL?: Folder; readonly EMAIL?: SendingBinding },
  from: string,
): Mailer | null {
  if (MAIL) return new FolderMailer(MAIL, from);
  return EMAIL ? new ServiceMailer(EMAIL, from) : null;
}
