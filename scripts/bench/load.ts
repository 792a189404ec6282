// A process of its own that sends one request again and again over kept connections and prints what it measured. Plain
// sockets: an HTTP client would cost as much as the server it measures.
import { connect, type Socket } from "node:net";
import { percentile } from "../lib/statistics.ts";

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Stops after so many answers, if that comes first. */
  readonly most?: number;
}

export interface Measured {
  readonly answers: number;
  readonly errors: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly firstError: string;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const END_OF_CHUNKS = Buffer.from("0\r\n\r\n");

/** The length of the first whole answer in the bytes; 0 while it is not whole. */
function lengthOfAnswer(bytes: Buffer): number {
  const head = bytes.indexOf(END_OF_HEAD);
  if (head === -1) return 0;
  const declared = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString("latin1", 0, head));
  if (declared) {
    const length = head + 4 + Number(declared[1]);
    return bytes.length >= length ? length : 0;
  }
  const end = bytes.indexOf(END_OF_CHUNKS, head + 4);
  return end === -1 ? 0 : end + END_OF_CHUNKS.length;
}

class Sender {
  readonly latenciesMs: number[] = [];
  errors = 0;
  firstError = "";
  readonly #request: Buffer;
  readonly #isOver: () => boolean;

  constructor(load: Load, isOver: () => boolean) {
    const { path, body, headers } = load;
    const length = Buffer.byteLength(body);
    const lines = Object.entries({ host: "127.0.0.1", ...headers, "content-length": String(length) });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    this.#request = Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`);
    this.#isOver = isOver;
  }

  /** Sends on one connection until it is over. */
  run(port: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sentAt = 0;
    let waiting: Buffer = Buffer.alloc(0);
    const send = (): void => {
      if (this.#isOver()) {
        socket.destroy();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(this.#request);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => resolve());
    socket.on("data", (part: Buffer) => {
      waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part]);
      const length = lengthOfAnswer(waiting);
      if (length === 0) return;
      this.#note(waiting.subarray(0, length), performance.now() - sentAt);
      waiting = waiting.subarray(length);
      send();
    });
    return promise;
  }

  #note(answer: Buffer, ms: number): void {
    this.latenciesMs.push(ms);
    if (answer.toString("latin1", 9, 10) === "2") return;
    this.errors += 1;
    this.firstError ||= answer.toString("utf8").slice(0, 600);
  }
}

async function measure(load: Load): Promise<Measured> {
  const started = performance.now();
  const end = started + load.seconds * 1000;
  const most = load.most ?? Number.POSITIVE_INFINITY;
  let sent = 0;
  const sender = new Sender(load, () => performance.now() >= end || (sent += 1) > most);
  await Promise.all(Array.from({ length: load.connections }, () => sender.run(load.port)));
  const seconds = (performance.now() - started) / 1000;
  const { latenciesMs, errors, firstError } = sender;
  return {
    answers: latenciesMs.length,
    errors,
    perSecond: latenciesMs.length / seconds,
    p50Ms: percentile(latenciesMs, 0.5),
    p95Ms: percentile(latenciesMs, 0.95),
    firstError,
  };
}

const wish = process.argv[2];
// Written by run-load.ts.
if (wish !== undefined) console.log(JSON.stringify(await measure(JSON.parse(wish) as Load)));
