// The world outside: a service that counts what reaches it. It is told by path whether it honours idempotency keys.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../lib/chance.ts";

const LONGEST_ANSWER_MS = 8;

export interface Sends {
  readonly keys: Set<string>;
  times: number;
}

export type SinkMoment = "received" | "answered";

export interface SinkWish {
  readonly onMoment?: (moment: SinkMoment) => void;
  /** What the sender of this reference is answered the first, second … time; 200 where nothing is said. */
  readonly toStatus?: (ref: string, times: number) => number;
}

export class Sink {
  /** What arrived, by the reference in its body. */
  readonly seen = new Map<string, Sends>();
  port = 0;
  readonly #server: Server;
  readonly #chance: Chance;
  readonly #wish: SinkWish;

  private constructor(chance: Chance, wish: SinkWish) {
    this.#chance = chance;
    this.#wish = wish;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(chance: Chance, wish: SinkWish = {}): Promise<Sink> {
    const sink = new Sink(chance, wish);
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
    try {
      for await (const part of request.setEncoding("utf8")) body += String(part);
    } catch {
      return; // The sender was killed in the middle: nothing arrived.
    }
    const ref = this.#count(body, request.headers["idempotency-key"]);
    this.#wish.onMoment?.("received");
    await pause(this.#chance.between(0, LONGEST_ANSWER_MS));
    response.setHeader("content-type", "application/json");
    response.statusCode = this.#wish.toStatus?.(ref, this.seen.get(ref)?.times ?? 0) ?? 200;
    response.end('{"ok":true}', () => this.#wish.onMoment?.("answered"));
  }

  #count(body: string, key: string | string[] | undefined): string {
    const { ref } = JSON.parse(body) as { ref: string }; // Our own skills send it.
    const sends = this.seen.get(ref) ?? { keys: new Set(), times: 0 };
    sends.keys.add(String(key));
    sends.times += 1;
    this.seen.set(ref, sends);
    return ref;
  }
}
