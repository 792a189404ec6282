// One mail as data, and as the text that travels (RFC 5322). Pure: the same mail gives the same bytes.
import { sha256 } from "./hash.ts";

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same on every attempt: what arrives twice is shown once. */
  readonly messageId: string;
  readonly at: number;
}

const LONGEST_ADDRESS = 254;

/** Plain `name@host.tld`: no display name, no comment, nothing that could end a header line. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+$/.test(text);
}

/** Of what a mail is about; it names nobody. */
export function toMessageId(about: string): string {
  return `<${sha256(about).slice(0, 40)}@skillos>`;
}

/** A subject is one line, whatever it was made of. */
export function toSubject(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 200);
}

export function toEml(mail: Mail, from: string): string {
  const body = toBase64(mail.text.replaceAll(/\r?\n/g, "\r\n")).replace(/.{76}/g, "$&\r\n");
  return [
    `Message-ID: ${mail.messageId}`,
    `Date: ${toMailDate(mail.at)}`,
    `From: ${from}`,
    `To: ${mail.to.join(", ")}`,
    `Subject: ${toEncodedWords(toSubject(mail.subject))}`,
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    body,
    "",
  ].join("\r\n");
}

/** RFC 5322, 3.3, in UTC. */
function toMailDate(at: number): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    hourCycle: "h23",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  const time = `${of("hour")}:${of("minute")}:${of("second")}`;
  return `${of("weekday")}, ${of("day")} ${of("month").slice(0, 3)} ${of("year")} ${time} +0000`;
}

/** RFC 2047: words of at most 75 characters, and no sign of more than one byte is torn. */
function toEncodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("=?")) return text;
  const words: string[] = [];
  let word = "";
  for (const sign of text) {
    if (toBase64(word + sign).length > 52) {
      words.push(word);
      word = "";
    }
    word += sign;
  }
  return [...words, word].map((part) => `=?utf-8?B?${toBase64(part)}?=`).join("\r\n ");
}

function toBase64(text: string): string {
  return btoa(toBinary(text));
}

function toBinary(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return binary;
}

/** Of one message. */
export const MAX_READERS = 50;
/** A page or five. */
export const MAX_MAIL_CHARACTERS = 20_000;
