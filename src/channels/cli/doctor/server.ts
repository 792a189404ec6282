// Whether a server runs here, answers, and knows the key; or whether its port is free.
import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { toCall } from "../client.ts";
import { type Json, parseJson, toJson, toNumber, toText } from "../json.ts";
import type { Place, Shell } from "../shell.ts";
import type { DoctorWords } from "../words/doctor-words.ts";
import { type Finding, toFinding } from "./finding.ts";

/** Signatures and limits by the day go wrong beyond this. */
const CLOCK_LIMIT_MS = 60_000;

export async function findServer(
  { place, local }: Pick<Shell, "place" | "local">,
  words: DoctorWords,
): Promise<readonly Finding[]> {
  const owner = await local.loadOwner(place.stateDir);
  if (owner !== null)
    return [
      toFinding("server", words.serves(owner.pid, owner.port)),
      ...(await askServer(place, owner.port, words)),
    ];
  const pid = toNumber(loadJson(join(place.stateDir, "owner.json"))["pid"]);
  const server = toFinding("server", pid === null ? words.notRunning : words.stale(pid));
  const wanted = place.environment["PORT"];
  const free = local.parsePort(wanted);
  if (free === null) return [server, toFinding("port", words.badPort(wanted ?? ""), words.mendPort)];
  return [server, await findPort(free, words)];
}

async function findPort(port: number, words: DoctorWords): Promise<Finding> {
  return (await isTaken(port))
    ? toFinding("port", words.busyPort(port), `PORT=${port + 1} npm start`)
    : toFinding("port", words.freePort(port));
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

async function askServer({ stateDir }: Place, port: number, words: DoctorWords): Promise<readonly Finding[]> {
  const call = toCall({ url: `http://127.0.0.1:${port}`, token: loadApiKey(stateDir) }, {});
  try {
    const health = await call("GET /health");
    const skills = await call("GET /skills");
    const isHealthy = health.status === 200;
    return [
      isHealthy
        ? toFinding("answers", words.version(toText(health.body["version"])))
        : toFinding("answers", words.status(health.status), words.restart),
      skills.status < 400
        ? toFinding("accepts the key", words.yes)
        : toFinding("accepts the key", words.status(skills.status), words.newKey),
      findClock(health.date, words),
    ];
  } catch {
    return [toFinding("answers", words.no, words.endAndRestart)];
  }
}

export function loadApiKey(stateDir: string): string {
  return toText(loadJson(join(stateDir, "credentials.json"))["api_key"]);
}

function findClock(date: string | null, words: DoctorWords): Finding {
  const offMs = date === null ? 0 : Math.abs(Date.now() - Date.parse(date));
  const shown = `${new Date().toISOString()}, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  return toFinding("clock", shown, offMs > CLOCK_LIMIT_MS ? words.clocksDiffer : "");
}

export function loadJson(file: string): Json {
  try {
    return toJson(parseJson(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}
