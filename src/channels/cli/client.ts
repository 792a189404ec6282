// The HTTP API as a function. Plain `node:http`: it loads in a tenth of the time of `fetch`, and `node:https` only for those
// whose server is elsewhere.
import {
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from "node:http";
import { type Json, parseJson, toJson } from "./json.ts";

export interface Answer {
  readonly status: number;
  /** Empty when the answer is not a JSON object. */
  readonly body: Json;
  readonly text: string;
  readonly location: string | null;
  /** The server's clock, as HTTP tells it. */
  readonly date: string | null;
}

export interface Content {
  readonly json?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** For streams: called with each piece as it comes. Returning true ends the stream. */
  readonly onText?: (piece: string) => boolean;
}

/** `call("POST /run", { json })`. Throws ConnectionLost when nobody answers. */
export type Call = (route: string, content?: Content) => Promise<Answer>;

export class ConnectionLost extends Error {
  readonly url: string;
  constructor(url: string, cause: unknown) {
    super(`${url} does not answer`, { cause });
    this.url = url;
  }
}

export interface Server {
  readonly url: string;
  readonly token: string;
}

export function toCall(server: Server, everywhere: Readonly<Record<string, string>>): Call {
  return (route, content = {}) => {
    const [method = "GET", path = "/"] = route.split(" ");
    const body = content.json === undefined ? content.raw : JSON.stringify(content.json);
    const headers: Record<string, string> = {
      ...everywhere,
      authorization: `Bearer ${server.token}`,
      ...(content.json === undefined ? {} : { "content-type": "application/json" }),
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      ...content.headers,
    };
    return send({ url: new URL(path, server.url), method, headers, body, onText: content.onText });
  };
}

interface Sending {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly onText: Content["onText"];
}

type Request = (url: URL, options: RequestOptions, on: (incoming: IncomingMessage) => void) => ClientRequest;

async function send({ url, method, headers, body, onText }: Sending): Promise<Answer> {
  const request: Request = url.protocol === "https:" ? (await import("node:https")).request : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { ...headers } }, (incoming) => {
      let text = "";
      const finish = (): void => {
        resolve({
          status: incoming.statusCode ?? 0,
          body: toJson(parseJson(text)),
          text,
          location: incoming.headers.location ?? null,
          date: incoming.headers.date ?? null,
        });
      };
      incoming.setEncoding("utf8");
      incoming.on("data", (piece: string) => {
        text += piece;
        if (onText?.(piece) === true) {
          finish();
          incoming.destroy();
        }
      });
      incoming.on("end", finish);
      incoming.on("error", (cause) => reject(new ConnectionLost(url.origin, cause)));
    });
    outgoing.on("error", (cause) => reject(new ConnectionLost(url.origin, cause)));
    outgoing.end(body);
  });
}

export function isGood(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}
