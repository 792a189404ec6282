// The text format in which 1C and Russian banks exchange payments: sections of `Name=value` lines.
// https://v8.1c.ru/tekhnologii/obmen-dannymi-i-integratsiya/standarty-i-formaty/standart-obmena-s-sistemami-klient-banka/formaty-obmena/
import { parseDay } from "./day.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import { decodeFile } from "./charset.ts";
import { parseNumber } from "./number.ts";

/** The fields of the document under their own names, and the ones that people ask for under plain ones. */
export type Payment = Readonly<Record<string, string | number | null>>;

const FIRST_LINE = "1CClientBankExchange";
const START = "СекцияДокумент";
const END = "КонецДокумента";
const LAST = "КонецФайла";
const HEAD_BYTES = 512;

export function parseBankStatement(bytes: Uint8Array): readonly Payment[] {
  const lines = decode(bytes).split(/\r?\n/);
  if (lines[0]?.trim() !== FIRST_LINE) {
    throw new Fault(
      "invalid_file",
      "never",
      `this is not a 1C bank exchange: it does not begin with ${FIRST_LINE}`,
    );
  }
  const payments: Payment[] = [];
  let open: Map<string, string> | null = null;
  for (const line of lines) {
    const [name, value] = toField(line);
    if (name === START) open = new Map([[START, value]]);
    else if (name === END && open) {
      payments.push(toPayment(open));
      open = null;
    } else if (name !== "") open?.set(name, value);
  }
  if (open) throw new Fault("invalid_file", "never", "the 1C file ends inside a document: it was cut");
  if (!lines.some((line) => line.trim() === LAST)) {
    throw new Fault("invalid_file", "never", `the 1C file does not end with ${LAST}: it was cut`);
  }
  return payments;
}

export function isBankStatement(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 64)).includes(FIRST_LINE);
}

/** Old programs write DOS letters and say so in the header, in Latin: `…=DOS`. */
function decode(bytes: Uint8Array): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_BYTES));
  return /=DOS\s/.test(head) ? new TextDecoder("ibm866").decode(bytes) : decodeFile(bytes);
}

function toField(line: string): [string, string] {
  const at = line.indexOf("=");
  return at === -1 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function toPayment(fields: ReadonlyMap<string, string>): Payment {
  const first = (...names: string[]): string =>
    names.map((name) => fields.get(name) ?? "").find((value) => value !== "") ?? "";
  const numbered = (name: string): string =>
    ["1", "2", "3", "4", "5", "6"]
      .map((n) => fields.get(name + n) ?? "")
      .join(" ")
      .trim();
  return {
    ...Object.fromEntries(fields),
    kind: first(START),
    number: first("Номер"),
    date: parseDay(first("Дата")),
    amount: parseNumber(first("Сумма")),
    payer: first("Плательщик", "Плательщик1"),
    payer_account: first("ПлательщикСчет"),
    payee: first("Получатель", "Получатель1"),
    payee_account: first("ПолучательСчет"),
    purpose: first("НазначениеПлатежа") || numbered("НазначениеПлатежа"),
  };
}
