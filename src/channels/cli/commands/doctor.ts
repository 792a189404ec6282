// `doctor`: looks at everything a start and a run depend on, and says how to mend what is wrong. It mends nothing itself.
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import { toCall } from "../client.ts";
import type { Command } from "../command.ts";
import { type Json, parseJson, toJson, toNumber, toText } from "../json.ts";
import { type Place, type Shell, toView } from "../shell.ts";

interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly found: string;
  /** Empty when nothing is wrong. */
  readonly mend: string;
}

const OLDEST_NODE = 20;
const DEFAULT_PORT = 8787;
/** Signatures and limits by the day go wrong beyond this. */
const CLOCK_LIMIT_MS = 60_000;

export const doctor: Command = {
  name: "doctor",
  summary: "what is wrong on this computer, and how to mend it",
  async run(_given, shell) {
    const { place } = shell;
    const findings = [
      findNode(),
      findInstall(place),
      findState(place),
      findCredentials(place),
      await findSkills(place),
      ...(await findServer(place)),
    ];
    const isHealthy = findings.every(({ isGood }) => isGood);
    if (shell.isJson)
      shell.screen.show([
        JSON.stringify(
          {
            healthy: isHealthy,
            findings: findings.map(({ what, isGood, found, mend }) => ({ what, good: isGood, found, mend })),
          },
          null,
          2,
        ),
      ]);
    else showFindings(findings, shell);
    return isHealthy ? EXIT_CODES.ok : EXIT_CODES.failed;
  },
};

function showFindings(findings: readonly Finding[], shell: Shell): void {
  const { paint } = toView(shell);
  const width = Math.max(...findings.map(({ what }) => what.length));
  shell.screen.show(
    findings.flatMap(({ what, isGood, found, mend }) => [
      `${isGood ? paint("green", "✓") : paint("red", "✗")} ${what.padEnd(width)}  ${found}`,
      ...(mend === "" ? [] : [`  ${" ".repeat(width)}  → ${mend}`]),
    ]),
  );
}

function toFinding(what: string, found: string, mend = ""): Finding {
  return { what, isGood: mend === "", found, mend };
}

function findNode(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  return toFinding(
    "Node",
    process.versions.node,
    major < OLDEST_NODE ? `Install Node ${OLDEST_NODE} or newer.` : "",
  );
}

function findInstall({ root }: Place): Finding {
  const stamp = join(root, "node_modules", ".skillos-stamp");
  const isStamped = existsSync(stamp) && existsSync(join(root, "node_modules", "miniflare"));
  return toFinding(
    "installation",
    isStamped ? "complete" : "incomplete",
    isStamped ? "" : "npm start installs what is missing.",
  );
}

function findState({ stateDir }: Place): Finding {
  if (!existsSync(stateDir)) return toFinding("state folder", `${stateDir} (made at the first start)`);
  if (!statSync(stateDir).isDirectory())
    return toFinding(
      "state folder",
      `${stateDir} is not a folder`,
      "Move it away, or choose another: SKILLOS_STATE_DIR.",
    );
  try {
    accessSync(stateDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return toFinding("state folder", stateDir);
  } catch {
    return toFinding(
      "state folder",
      `${stateDir} is not writable`,
      `Make it yours (chmod u+rwx), or choose another: SKILLOS_STATE_DIR.`,
    );
  }
}

function findCredentials({ stateDir }: Place): Finding {
  const file = join(stateDir, "credentials.json");
  if (!existsSync(file)) return toFinding("key", "none yet (made at the first start)");
  const isPrivate = process.platform === "win32" || (statSync(file).mode & 0o077) === 0;
  const isReadable = toText(loadJson(file)["api_key"]) !== "";
  if (!isReadable)
    return toFinding("key", `${file} is broken`, "Delete this file; the next start makes a new key.");
  return toFinding(
    "key",
    isPrivate ? "readable by you only" : "others on this computer can read it",
    isPrivate ? "" : `chmod 600 ${file}`,
  );
}

async function findSkills({ skillsDir }: Place): Promise<Finding> {
  const { checkSkillFiles } = await import("../files/skill-files.ts");
  const { skills, mistakes } = checkSkillFiles(skillsDir);
  if (skills === 0 && mistakes.length === 0)
    return toFinding("skills", `none in ${skillsDir}`, "npx skillos add-skill domain/name makes one.");
  return toFinding(
    "skills",
    `${skills} valid${mistakes.length === 0 ? "" : `, ${mistakes.length} mistakes`}`,
    mistakes.length === 0 ? "" : "npx skillos validate shows each mistake and its mend.",
  );
}

function loadJson(file: string): Json {
  try {
    return toJson(parseJson(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

async function findServer(place: Place): Promise<readonly Finding[]> {
  const owner = loadJson(join(place.stateDir, "owner.json"));
  const pid = toNumber(owner["pid"]);
  const port = toNumber(owner["port"]) ?? Number(place.environment["PORT"] || DEFAULT_PORT);
  const isAlive = pid !== null && isRunning(pid) && isOurs(pid);
  if (isAlive)
    return [
      toFinding("server", `process ${pid}, http://localhost:${port}`),
      ...(await askServer(place, port)),
    ];
  const stale =
    pid === null
      ? []
      : [toFinding("server", `process ${pid} has ended without cleaning up (the next start does)`)];
  const isBusy = await isTaken(port);
  return [
    ...(stale.length > 0 ? stale : [toFinding("server", "not running (a command starts it)")]),
    toFinding(
      "port",
      isBusy ? `${port} is used by another program` : `${port} is free`,
      isBusy ? `PORT=${port + 1} npm start` : "",
    ),
  ];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Ids are used again: a process of this number may be anybody's. Where that cannot be seen, the server is asked anyway. */
function isOurs(pid: number): boolean {
  try {
    return /scripts[/\\](start|dev)\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function askServer({ stateDir }: Place, port: number): Promise<readonly Finding[]> {
  const key = toText(loadJson(join(stateDir, "credentials.json"))["api_key"]);
  const call = toCall({ url: `http://127.0.0.1:${port}`, token: key }, {});
  try {
    const health = await call("GET /health");
    const skills = await call("GET /skills");
    const isHealthy = health.status === 200;
    return [
      toFinding(
        "answers",
        isHealthy ? `version ${toText(health.body["version"])}` : `status ${health.status}`,
        isHealthy ? "" : "Stop it (Ctrl+C) and run npm start again.",
      ),
      toFinding(
        "accepts the key",
        skills.status < 400 ? "yes" : `status ${skills.status}`,
        skills.status < 400 ? "" : "Stop it and run npm start: it writes the key anew.",
      ),
      findClock(health.date),
    ];
  } catch {
    return [toFinding("answers", "no", "Stop it (Ctrl+C, or end its process) and run npm start again.")];
  }
}

function findClock(date: string | null): Finding {
  const offMs = date === null ? 0 : Math.abs(Date.now() - Date.parse(date));
  return toFinding(
    "clock",
    `${new Date().toISOString()}, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`,
    offMs > CLOCK_LIMIT_MS
      ? "The clocks of this program and the server differ: set the computer's time."
      : "",
  );
}
