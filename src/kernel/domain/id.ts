// The identifiers of the domain: their shapes and how each is made. It never makes randomness itself.

export type TenantId = `ten_${string}`;
/** The tenant that came with the system: of this computer's owner, who runs it. */
export const OPERATOR: TenantId = "ten_local";
/** `run_<shard>_<ulid>`: the shard says which runner object owns the run. */
export type RunId = `run_${number}_${string}`;
/** `domain/name`. `domain.name` is accepted at the edges and stored with a slash. */
export type SkillId = `${string}/${string}`;

const TENANT_ID = /^ten_[a-z0-9][a-z0-9_-]{0,62}$/;

/** Names of objects and rows are made of it: nothing that such a name could be split at. */
export function isTenantId(text: string): text is TenantId {
  return TENANT_ID.test(text);
}

/** Of an object's or a file's name; what cannot be a tenant is one that nobody has. */
export function toTenantId(name: string): TenantId {
  return `ten_${name.replace(/^ten_/, "")}`;
}

const SKILL_ID = /^[a-z0-9][a-z0-9_-]*\/[a-z0-9][a-z0-9_-]*$/;
/** Path words of the HTTP API: a skill of this name could not be addressed. */
const RESERVED_NAMES = new Set(["run", "deprecate", "undeprecate", "versions"]);
/** Folders of the skills folder that hold no skills: connectors, fixtures and policies are read, of the others nothing is. */
export const RESERVED_DOMAINS = new Set([
  "connectors",
  "policies",
  "schedules",
  "secrets",
  "attachments",
  "runtime",
  "fixtures",
]);

export function isSkillId(text: string): text is SkillId {
  if (!SKILL_ID.test(text)) return false;
  const [domain = "", name = ""] = text.split("/");
  return !RESERVED_DOMAINS.has(domain) && !RESERVED_NAMES.has(name);
}

/** `a/b` and `a.b` are the same skill. */
export function parseSkillId(text: string): SkillId | null {
  const id = text.includes("/") ? text : text.replace(".", "/");
  return isSkillId(id) ? id : null;
}

const STEP_ID = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Of a step or a branch: names in expressions, and parts of a path that `/` and `:` divide and effect keys are made of. */
export function isStepId(text: string): boolean {
  return STEP_ID.test(text);
}

const USER_ID = /^[a-z0-9][a-z0-9._@+-]{0,99}$/i;

/** A login or a mail address: part of rows and of paths. */
export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

const RUN_ID = /^run_(\d+)_[0-9a-z]{26}$/;

export function isRunId(text: string): text is RunId {
  return RUN_ID.test(text);
}

export function toRunId(shard: number, ulid: string): RunId {
  return `run_${shard}_${ulid.toLowerCase()}`;
}

/** The shard that owns a run. */
export function toShard(id: RunId): number {
  return Number(RUN_ID.exec(id)?.[1] ?? 0);
}

/** The last six characters: unique enough within a tenant to look up. */
export function toShort(id: RunId): string {
  return id.slice(-6);
}

/** The short form people see. */
export function toShortRunId(id: RunId): string {
  return `r-${toShort(id)}`;
}

/** A question is its run, under another name. */
export function toApprovalId(id: RunId): string {
  return id.replace("run_", "apr_");
}

/** The run of a question; other names stay what they are. */
export function parseApprovalId(text: string): string {
  return text.replace(/^apr_/, "run_");
}

/** Where a question is answered with the token of a link. */
export const APPROVAL_PATH = "/approve/";
