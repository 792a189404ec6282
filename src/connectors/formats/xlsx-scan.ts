// The elements of one name in a part of an Excel file, found in one pass: every search goes on where the last one ended, and the
// first start without an end is the last thing looked at.
import { Fault } from "../../kernel/domain/refusal.ts";

export interface ScannedElement {
  readonly attributes: string;
  readonly content: string;
  readonly start: number;
  readonly end: number;
}

export type Scan = (xml: string) => Generator<ScannedElement>;

export function toExcelFault(code: string, why: string, cause?: unknown): Fault {
  return new Fault(code, "never", `the Excel file cannot be read: ${why}`, cause);
}

/** `name` stands with or without a prefix. It may not hold an element of its own name: none of Excel's does. */
export function createScan(name: string): Scan {
  const opening = new RegExp(`<(?:\\w+:)?${name}(?=[\\s/>])`, "g");
  const closing = new RegExp(`</(?:\\w+:)?${name}\\s*>`, "g");
  return function* scan(xml) {
    for (let at = 0; ; ) {
      const open = find(opening, xml, at);
      if (open === null) return;
      const attributesAt = open.index + open[0].length;
      const bracket = xml.indexOf(">", attributesAt);
      if (bracket === -1) throw toUnclosed(name);
      const isEmpty = xml[bracket - 1] === "/";
      const close = isEmpty ? null : find(closing, xml, bracket + 1);
      if (!isEmpty && close === null) throw toUnclosed(name);
      at = close === null ? bracket + 1 : close.index + close[0].length;
      yield {
        attributes: xml.slice(attributesAt, isEmpty ? bracket - 1 : bracket),
        content: close === null ? "" : xml.slice(bracket + 1, close.index),
        start: open.index,
        end: at,
      };
    }
  };
}

/** The place is set each time: a scan inside a scan shares the pattern. */
function find(pattern: RegExp, xml: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(xml);
}

function toUnclosed(name: string): Fault {
  return toExcelFault("invalid_file", `<${name}> is not closed`);
}

export function withoutElements(xml: string, scan: Scan): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of scan(xml)) {
    parts.push(xml.slice(from, start));
    from = end;
  }
  return from === 0 ? xml : [...parts, xml.slice(from)].join("");
}
