// The file of --plan-path: what was asked, what it would do, and the hash a yes is given to. Each part stands under its own seal,
// so that an edited file is told from a plan that has drifted; what the file says is believed by nobody: the server has the trial.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { toCanonicalJson } from "../../../kernel/domain/canonical.ts";
import { sha256 } from "../../../kernel/domain/hash.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { isJson, type Json, parseJson, toField, toJson, toText } from "../json.ts";
import { Complaint } from "../shell.ts";

export interface PlanFile {
  readonly request: Json;
  readonly planHash: string;
  /** The trial run that it is of. */
  readonly run: string;
  readonly manifest: Json;
  /** When the trial run was made, ISO-8601. */
  readonly madeAt: string;
}

/** What is sealed, as it is called in the file. */
const PARTS = ["request", "plan_hash", "run_id", "made_at", "manifest"] as const;

export function savePlan(path: string, request: Json, answer: Json): void {
  const input = Object.fromEntries(
    Object.entries(toJson(answer["input"])).filter(([, value]) => value !== null),
  );
  const parts = {
    request: {
      query: request["query"],
      skill: answer["skill"],
      input,
      ...(request["mode"] === undefined ? {} : { mode: request["mode"] }),
    },
    plan_hash: toField(answer, "plan", "hash"),
    run_id: answer["run_id"],
    made_at: answer["created_at"],
    manifest: answer["plan"],
  };
  writeFileSync(path, `${JSON.stringify(withSeal(parts), null, 2)}\n`, { mode: 0o600 });
}

/** As it is once it has been through a file: what JSON leaves out is no part of it. */
export function withSeal(parts: Json): Json {
  return { ...parts, seal: toSeal(toJson(parseJson(JSON.stringify(parts)))) };
}

function toSeal(parts: Json): Json {
  return Object.fromEntries(
    PARTS.map((name) => [name, sha256(toCanonicalJson(parts[name] ?? null)).slice(0, 16)]),
  );
}

export function loadPlan(path: string): PlanFile {
  if (!existsSync(path)) throw new Complaint(({ noPlan }) => noPlan(path));
  const file = toJson(parseJson(readFileSync(path, "utf8")));
  const { request } = file;
  const planHash = toText(file["plan_hash"]);
  if (planHash === "" || !isJson(request)) throw new Complaint(({ notAPlan }) => notAPlan(path));
  checkSeal(path, file);
  return {
    request,
    planHash,
    run: toText(file["run_id"]),
    manifest: toJson(file["manifest"]),
    madeAt: toText(file["made_at"]),
  };
}

function checkSeal(path: string, file: Json): void {
  const [written, now] = [toJson(file["seal"]), toSeal(file)];
  const edited = PARTS.filter((name) => written[name] !== now[name]);
  if (edited.length === 0) return;
  // Without any seal nobody can say what was changed.
  const parts = edited.length === PARTS.length ? "" : edited.join(", ");
  throw new Complaint(({ planEdited }) => planEdited(path, parts), EXIT_CODES.conflict);
}
