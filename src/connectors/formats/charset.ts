// Bytes to text. Russian services answer in windows-1251 and name it in three different places, or nowhere.

const UTF8_BOM = [0xef, 0xbb, 0xbf] as const;
/** Far enough for an XML declaration or a page's first meta tags. */
const HEAD_BYTES = 2_048;
const DECLARED = [
  /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i,
  /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i,
] as const;

/** Keeps nothing between two texts. */
const utf8 = new TextDecoder();

/** The charset of a content type: `text/xml; charset="windows-1251"`. */
export function parseCharset(contentType: string): string | null {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? null;
}

/** Byte order mark, then what the sender named, then what the document says of itself, then UTF-8. */
export function decodeText(bytes: Uint8Array, named: string | null): string {
  if (named === "utf-8" || UTF8_BOM.every((byte, index) => bytes[index] === byte)) return utf8.decode(bytes);
  return toDecoder(named ?? findDeclared(bytes) ?? "utf-8").decode(bytes);
}

/** For files, which carry no name of their charset: what is not UTF-8 is windows-1251. Excel's "Unicode text" is UTF-16. */
export function decodeFile(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

function findDeclared(bytes: Uint8Array): string | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_BYTES));
  for (const pattern of DECLARED) {
    const name = pattern.exec(head)?.[1];
    // A document whose declaration could be read as ASCII is not UTF-16, whatever it says.
    if (name !== undefined && !/^utf-?16/i.test(name)) return name.toLowerCase();
  }
  return null;
}

/** An unknown name is read as UTF-8: a wrong letter is better than no answer. */
function toDecoder(name: string): TextDecoder {
  try {
    return new TextDecoder(name);
  } catch {
    return new TextDecoder();
  }
}
