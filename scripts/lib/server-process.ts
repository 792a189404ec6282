// A SkillOS for a check: a process of its own on a state directory of its own, ended as a crash would end it (SIGKILL of
// launcher and workerd at once) and started again on the same state. It ends nothing that it did not start.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "./bootstrap.mjs";
import { commandOf } from "./processes.mjs";
import { findFreePort } from "./free-port.mjs";

const READY_WITHIN_MS = 60_000;
const POLL_MS = 5;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Asked {
  readonly route: string;
  readonly body: string | object | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** JSON of an answer: the checks look at single fields of it. */
export type Body = Readonly<Record<string, unknown>>;

export class ServerProcess {
  readonly stateDir = mkdtempSync(join(tmpdir(), "skillos-check-"));
  readonly port: number;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #closed: Promise<unknown> = Promise.resolve();
  #said = "";

  private constructor(port: number, environment: NodeJS.ProcessEnv) {
    this.port = port;
    this.#environment = environment;
  }

  static async make(environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    return new ServerProcess(await findFreePort(), environment);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get apiKey(): string {
    return this.#readState("credentials.json")["api_key"] as string; // Written by the launcher as text.
  }

  /** All that launcher and workerd have written out since the last start. */
  get said(): string {
    return this.#said;
  }

  /** The process ids of launcher and workerd's group. */
  get pids(): { launcher: number; group: number } {
    const group = this.#readState("owner.json")["group"];
    return { launcher: this.#child?.pid ?? 0, group: typeof group === "number" ? group : 0 };
  }

  /** Starts it; answers after how many milliseconds it served. `isLoaded`: with every skill of the folder. */
  async start(isLoaded = false): Promise<number> {
    const started = performance.now();
    const { npm_lifecycle_event: _, ...inherited } = process.env;
    const own = { PORT: String(this.port), SKILLOS_STATE_DIR: this.stateDir };
    const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], {
      cwd: root,
      env: { ...inherited, ...this.#environment, ...own },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (part: string) => {
        this.#said += part;
      });
    }
    this.#closed = new Promise((done) => child.once("close", done));
    const isReady = isLoaded
      ? () => this.#readState("owner.json")["ready"] === true
      : () => this.#isServing();
    while (!(await isReady())) {
      if (child.exitCode !== null || performance.now() - started > READY_WITHIN_MS)
        throw new Error(`The server did not start:\n${this.#said}`);
      await pause(POLL_MS);
    }
    return performance.now() - started;
  }

  /** Waits until the launcher has printed this. */
  async says(text: string): Promise<void> {
    for (const end = Date.now() + READY_WITHIN_MS; !this.#said.includes(text); await pause(POLL_MS))
      if (Date.now() > end) throw new Error(`It did not say "${text}" but:\n${this.#said}`);
  }

  /** The power goes out: nobody gets to say goodbye. Synchronous up to the signals, so that a moment can be hit exactly. */
  async crash(): Promise<void> {
    const { launcher, group } = this.pids;
    for (const pid of [launcher, group]) if (pid > 0) endGroup(pid);
    await this.#closed;
    this.#child = null;
    // A killed process keeps its port until the system has taken it apart.
    const isThere = (): boolean => group > 0 && commandOf(group) !== "";
    while (isThere()) await pause(1);
  }

  async stop(): Promise<void> {
    this.#child?.kill("SIGTERM");
    await this.#closed;
    this.#child = null;
    rmSync(this.stateDir, { recursive: true, force: true });
  }

  /** `send("POST /run", {…})` as the local owner. Throws what the network throws while the server is away. */
  async send(route: string, body?: string | object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#fetch({ route, body, headers });
  }

  /** As a client does who hangs up after so long. Null: it was not answered by then. */
  async sendBriefly(asked: Omit<Asked, "signal">, patienceMs: number): Promise<Answer | null> {
    const signal = AbortSignal.timeout(patienceMs);
    try {
      return await this.#fetch({ ...asked, signal });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  async #fetch({ route, body, headers, signal }: Asked): Promise<Answer> {
    const [method = "GET", path = "/"] = route.split(" ");
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.apiKey}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** The body of an answer that must be a success. */
  async ask(route: string, body?: string | object): Promise<Body> {
    const answer = await this.send(route, body);
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${answer.text.slice(0, 500)}`);
    return parseBody(answer.text);
  }

  #readState(name: string): Body {
    try {
      return parseBody(readFileSync(join(this.stateDir, name), "utf8"));
    } catch {
      return {};
    }
  }

  async #isServing(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health`)).ok;
    } catch {
      return false;
    }
  }
}

/** Every body of ours is a JSON object. */
export function parseBody(text: string): Body {
  return JSON.parse(text) as Body;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It had ended by itself.
  }
}
