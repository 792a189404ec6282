// SkillOS as people start it: a process of its own on a free port, with a state directory that goes with the test.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "../../scripts/lib/free-port.mjs";

const root = join(import.meta.dirname, "..", "..");
const READY_WITHIN_MS = 60_000;

export interface Owner {
  readonly pid: number;
  readonly group: number;
  readonly port: number;
  readonly ready: boolean;
}

/** What one start said, and how it ended. */
export class Launch {
  output = "";
  readonly child: ChildProcess;
  readonly ended: Promise<number>;

  constructor(env: NodeJS.ProcessEnv, args: readonly string[] = []) {
    const script = join(root, "scripts", "start.mjs");
    this.child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (part: string) => {
        this.output += part;
      });
    }
    this.ended = new Promise((done) => this.child.on("close", (code) => done(code ?? -1)));
  }

  /** Waits until it has printed this, or has ended. */
  async says(text: string): Promise<string> {
    for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await pause(10)) {
      if (this.output.includes(text)) return this.output;
      if (this.child.exitCode !== null) break;
    }
    throw new Error(`It did not say "${text}" but:\n${this.output}`);
  }
}

/** A free place for one test: port, state directory, and the environment that names both. */
export class Place {
  readonly stateDir = mkdtempSync(join(tmpdir(), "skillos-journey-"));
  readonly port: number;
  readonly #launches: Launch[] = [];

  private constructor(port: number) {
    this.port = port;
  }

  static async make(): Promise<Place> {
    return new Place(await findFreePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get environment(): NodeJS.ProcessEnv {
    const { npm_lifecycle_event: _, ...rest } = process.env;
    return {
      ...rest,
      LANG: "en_US.UTF-8",
      LC_ALL: "",
      PORT: String(this.port),
      SKILLOS_STATE_DIR: this.stateDir,
    };
  }

  start(args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Launch {
    const launch = new Launch({ ...this.environment, ...environment }, args);
    this.#launches.push(launch);
    return launch;
  }

  get owner(): Owner {
    return JSON.parse(readFileSync(join(this.stateDir, "owner.json"), "utf8"));
  }

  get apiKey(): string {
    return JSON.parse(readFileSync(join(this.stateDir, "credentials.json"), "utf8")).api_key;
  }

  /** `ask("POST /run", { query: "…" })` as the local owner. */
  async ask(route: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const [method = "GET", path = "/"] = route.split(" ");
    return fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.apiKey}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async end(): Promise<void> {
    for (const { child } of this.#launches) child.kill("SIGTERM");
    // A server that a command started for itself is nobody's child.
    if (existsSync(join(this.stateDir, "owner.json")) && isAlive(this.owner.pid))
      process.kill(this.owner.pid, "SIGTERM");
    await Promise.all(this.#launches.map(({ ended }) => ended));
    rmSync(this.stateDir, { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // A process that has ended but was not yet waited for still has an id, and no command line.
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return process.platform !== "linux";
  }
}
