// A response as the value of a step. What is not whole or not what it claims to be is a fault, never an empty answer.
import { isTooDeep, MAX_JSON_DEPTH } from "../../kernel/domain/json.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { Incoming } from "../../kernel/ports/outbound.ts";
import { decodeText, parseCharset } from "../formats/charset.ts";
import { parseCsv } from "../formats/csv.ts";
import { parseFeed } from "../formats/feed.ts";
import { parseXml } from "../formats/xml.ts";
import { extractArticle } from "./article.ts";
import type { HttpRequest } from "./request.ts";

export interface HttpValue {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Asked {
  readonly method: string;
  readonly as: NonNullable<HttpRequest["as"]> | null;
  readonly url: string;
  readonly isRead: boolean;
}

/** Cookies and vendor headers stay out of steps and logs. */
const SHOWN_HEADERS = [
  "content-type",
  "date",
  "etag",
  "last-modified",
  "link",
  "location",
  "retry-after",
  "x-request-id",
  "x-total-count",
];
const NO_BODY = new Set([204, 205, 304]);

export async function readAnswer(answer: Incoming, asked: Asked): Promise<HttpValue> {
  checkWhole(answer, asked);
  const type = answer.headers.get("content-type") ?? "";
  const charset = parseCharset(type) ?? (toFormat(type) === "json" ? "utf-8" : null);
  const text = decodeText(answer.bytes, charset).replace(/^\ufeff/, "");
  return {
    status: answer.status,
    headers: toShown(answer.headers),
    body: asked.isRead ? await toBody(text, type, asked) : await toBodyOfWrite(text, type, asked),
  };
}

/** A connection that was cut may look like a clean, shorter answer. */
function checkWhole({ status, headers, bytes }: Incoming, asked: Asked): void {
  // A compressed body has the length of what was sent, not of what is read.
  if (asked.method === "HEAD" || NO_BODY.has(status) || headers.has("content-encoding")) return;
  const promised = headers.get("content-length");
  if (promised === null || !/^\d+$/.test(promised) || bytes.byteLength >= Number(promised)) return;
  throw new Fault("network", "later", `the answer ended after ${bytes.byteLength} of ${promised} bytes`);
}

/** A write was done, whatever its answer looks like: to fail here would tell that it was not. */
async function toBodyOfWrite(text: string, type: string, asked: Asked): Promise<unknown> {
  try {
    return await toBody(text, type, asked);
  } catch {
    return text;
  }
}

async function toBody(text: string, type: string, asked: Asked): Promise<unknown> {
  const body = await parseBody(text, type, asked);
  if (isTooDeep(body))
    throw new Fault("too_deep", "never", `the answer is nested more than ${MAX_JSON_DEPTH} deep`);
  return body;
}

async function parseBody(text: string, type: string, asked: Asked): Promise<unknown> {
  const format = asked.as ?? toFormat(type);
  if (text.trim() === "" && format !== "text") {
    if (!asked.isRead || asked.method === "HEAD") return null;
    throw new Fault("network", "later", `the answer is empty where ${format} was expected`);
  }
  switch (format) {
    case "json":
      return parseJson(text);
    case "xml":
      return parseXml(text);
    case "rss":
      return parseFeed(text);
    case "csv":
      return parseCsv(text);
    case "article":
      return extractArticle(text, asked.url);
    case "text":
      return text;
  }
}

function toFormat(type: string): NonNullable<HttpRequest["as"]> {
  const name = type.split(";")[0]?.trim().toLowerCase() ?? "";
  if (name === "application/json" || name.endsWith("+json")) return "json";
  if (name === "application/rss+xml" || name === "application/atom+xml") return "rss";
  if (name === "application/xml" || name === "text/xml") return "xml";
  return name === "text/csv" ? "csv" : "text";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = text.trimStart().startsWith("<") ? "a page or XML" : "broken or not JSON";
    throw new Fault("invalid_json", "never", `JSON was expected, the answer is ${what}`, error);
  }
}

function toShown(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    SHOWN_HEADERS.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
