// Sends requests as they are, without what a browser's `fetch` would straighten first.
import { Agent, request as startRequest } from "node:http";

export interface RawRequest {
  readonly method: string;
  /** As it stands in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** For people. */
  readonly what: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** A stream has no end: what it has said by then is its answer. */
const PATIENCE_MS = 20_000;

export class RawClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;
  readonly #key: string;

  constructor(port: number, key: string) {
    this.#port = port;
    this.#key = key;
  }

  /** As the owner, unless the request brings its own key. */
  send(asked: RawRequest, isAgain = false): Promise<RawAnswer> {
    const { method, path, headers, body } = asked;
    const length = body === null ? {} : { "content-length": String(body.byteLength) };
    const own = { authorization: `Bearer ${this.#key}`, ...length, ...headers };
    return new Promise((done) => {
      const request = startRequest(
        { agent: this.#agent, host: "127.0.0.1", port: this.#port, method, path, headers: own },
        (response) => {
          const type = response.headers["content-type"] ?? "";
          const parts: Buffer[] = [];
          const tell = (): void =>
            done({ status: response.statusCode ?? 0, type, text: Buffer.concat(parts).toString() });
          response.on("data", (part: Buffer) => {
            parts.push(part);
            if (!type.startsWith("text/event-stream")) return;
            tell();
            request.destroy();
          });
          response.once("end", tell).once("error", tell);
        },
      );
      request.setTimeout(PATIENCE_MS, () => request.destroy(new Error(`no answer to ${method} ${path}`)));
      // It may have said no before it had read all: the answer then comes first, or the connection is all that there was.
      request.on("error", ({ message }) => {
        // A kept connection may be closed by the other side while it is taken up again, and one that was told no while we still
        // write: that says nothing of the request.
        if ((request.reusedSocket || message.includes("EPIPE")) && !isAgain) done(this.send(asked, true));
        else done({ status: 0, type: "", text: message });
      });
      request.end(body ?? undefined);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
