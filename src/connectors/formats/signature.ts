// What a file is by its first bytes, whatever its name says. Bytes of a workbook, a picture or an archive read as text would be
// noise that is shown to people and that a model is paid for.
import type { BothLanguages } from "../../kernel/domain/text.ts";

interface Foreign {
  readonly message: BothLanguages;
  readonly mend: BothLanguages;
}

const PDF: Foreign = {
  message: { en: "It is a PDF, and those are not read yet.", ru: "Это PDF, их пока не читаем." },
  mend: {
    en: "Save it as text (.txt) and take that.",
    ru: "Сохраните его как текст (.txt) и возьмите тот файл.",
  },
};
const OLD_OFFICE: Foreign = {
  message: { en: "It is an old Excel or Word file.", ru: "Это старый файл Excel или Word." },
  mend: {
    en: "Save it as .xlsx, .csv or .txt and take that.",
    ru: "Сохраните его как .xlsx, .csv или .txt и возьмите тот файл.",
  },
};
const WORKBOOK: Foreign = {
  message: {
    en: "It is an Excel workbook, whatever its name says.",
    ru: "Это книга Excel, что бы ни говорило имя.",
  },
  mend: {
    en: "Give it a name that ends in .xlsx, or save it in Excel as CSV UTF-8.",
    ru: "Дайте имя с .xlsx на конце или сохраните её в Excel как CSV UTF-8.",
  },
};
const ARCHIVE: Foreign = {
  message: {
    en: "It is an archive or an Office document, and no text.",
    ru: "Это архив или документ Office, а не текст.",
  },
  mend: {
    en: "Unpack it, or save the document as .txt, .csv or .xlsx, and take that.",
    ru: "Распакуйте его или сохраните документ как .txt, .csv или .xlsx и возьмите тот файл.",
  },
};
const BINARY: Foreign = {
  message: { en: "It is not text.", ru: "Это не текст." },
  mend: { en: "Take the file as text, csv or xlsx.", ru: "Возьмите файл с текстом, csv или xlsx." },
};

const LOOKED_AT_BYTES = 65_536;

/** Null: it may be read as a workbook, or else as text. */
export function findForeign(bytes: Uint8Array, as: "workbook" | "text"): Foreign | null {
  const foreign = findNoText(bytes);
  return as === "text" || foreign === PDF || foreign === OLD_OFFICE ? foreign : null;
}

function findNoText(bytes: Uint8Array): Foreign | null {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 4));
  if (start.startsWith("%PDF")) return PDF;
  if (start === "\u00d0\u00cf\u0011\u00e0") return OLD_OFFICE;
  if (start.startsWith("PK") && (bytes[2] ?? 9) < 9) return isWorkbook(bytes) ? WORKBOOK : ARCHIVE;
  // Half of the bytes of a Latin text in UTF-16 are zeros; its first two say what it is.
  const isUtf16 = start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff");
  return bytes.includes(0) && !isUtf16 ? BINARY : null;
}

/** Names of the parts stand in an archive as they are: at each part, and once more in the list at its end. */
function isWorkbook(bytes: Uint8Array): boolean {
  const ends = [bytes.subarray(0, LOOKED_AT_BYTES), bytes.subarray(-LOOKED_AT_BYTES)];
  return ends.some((end) => new TextDecoder("latin1").decode(end).includes("xl/workbook.xml"));
}
