// XML to plain objects: attributes as `@name`, every value as text, so that `007` and `80,2550` arrive as they were sent.
import { isRecord } from "../../kernel/domain/json.ts";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Fault } from "../../kernel/domain/refusal.ts";

/** A tree takes some thirty times the text. */
const MAX_XML_LENGTH = 4 * 1024 * 1024;

/** The parser names every tag that is left open. */
const MOST_TOLD = 200;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Named HTML entities stand in many feeds, and numeric ones are read only under this option.
  htmlEntities: true,
});

/** Throws Fault for what is not well-formed. Depth and entity expansion are limited by the parser's own defaults. */
export function parseXml(text: string): Readonly<Record<string, unknown>> {
  if (text.length > MAX_XML_LENGTH) {
    throw new Fault("too_large", "never", `the XML is longer than ${MAX_XML_LENGTH} characters`);
  }
  const xml = text.replace(/^\ufeff/, "").trim();
  try {
    const verdict = XMLValidator.validate(xml, { allowBooleanAttributes: true });
    if (verdict !== true) throw toFault(`${verdict.err.msg.slice(0, MOST_TOLD)} (line ${verdict.err.line})`);
    const parsed: unknown = parser.parse(xml);
    if (isRecord(parsed) && Object.keys(parsed).length === 1) return parsed;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw toFault(error instanceof Error ? error.message : String(error), error);
  }
  throw toFault("it has no single root element");
}

function toFault(why: string, cause?: unknown): Fault {
  return new Fault("invalid_xml", "never", `the answer is not valid XML: ${why}`, cause);
}

/** One child, many or none: always a list. */
export function toElements(value: unknown): readonly unknown[] {
  if (value === undefined || value === "") return [];
  return Array.isArray(value) ? value : [value];
}

/** The text of an element, with or without attributes, its children's text included. */
export function toElementText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(toElementText).join(" ").trim();
  if (!isRecord(value)) return String(value).trim();
  const parts = Object.entries(value).filter(([key]) => !key.startsWith("@"));
  return parts
    .map(([, part]) => toElementText(part))
    .join(" ")
    .trim();
}
