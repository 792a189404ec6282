// The file of --plan-path: what was asked, what it would do, and the hash a yes is given to.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isJson, type Json, parseJson, toField, toJson, toText } from "../json.ts";
import { Complaint } from "../shell.ts";

export interface PlanFile {
  readonly request: Json;
  readonly planHash: string;
  readonly manifest: Json;
  /** When the trial run was made, ISO-8601. */
  readonly madeAt: string;
}

export function savePlan(path: string, request: Json, answer: Json): void {
  const input = Object.fromEntries(
    Object.entries(toJson(answer["input"])).filter(([, value]) => value !== null),
  );
  const file = {
    request: {
      query: request["query"],
      skill: answer["skill"],
      input,
      ...(request["mode"] === undefined ? {} : { mode: request["mode"] }),
    },
    plan_hash: toField(answer, "plan", "hash"),
    made_at: answer["created_at"],
    manifest: answer["plan"],
  };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
}

export function loadPlan(path: string): PlanFile {
  if (!existsSync(path)) throw new Complaint(({ noPlan }) => noPlan(path));
  const file = parseJson(readFileSync(path, "utf8"));
  const planHash = toText(toField(file, "plan_hash"));
  const request = toField(file, "request");
  if (planHash === "" || !isJson(request)) throw new Complaint(({ notAPlan }) => notAPlan(path));
  return {
    request,
    planHash,
    manifest: toJson(toField(file, "manifest")),
    madeAt: toText(toField(file, "made_at")),
  };
}
