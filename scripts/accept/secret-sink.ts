// The world outside of `accept secrets`: a service that says back all that it is sent, and a model that keeps what it was asked.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export class SecretSink {
  /** What the model was asked, as it came. */
  readonly prompts: string[] = [];
  port = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<SecretSink> {
    const sink = new SecretSink();
    await new Promise<void>((listening) => sink.#server.listen(0, "127.0.0.1", listening));
    const address = sink.#server.address();
    sink.port = typeof address === "object" && address ? address.port : 0;
    return sink;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += String(part);
    const isModel = request.url?.includes("/chat/completions") === true;
    if (isModel) this.prompts.push(body);
    const echo = JSON.stringify({ url: request.url, headers: request.headers, body });
    response.setHeader("content-type", "application/json");
    response.end(isModel ? toCompletion(echo) : echo);
  }
}

function toCompletion(content: string): string {
  return JSON.stringify({
    ...{ id: "c", object: "chat.completion", created: 1, model: "canary" },
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
  });
}
