// The composition root: bindings become ports here and nowhere else. Also the only place that still holds the platform's
// own `fetch`: it goes to the door, and everybody else's is replaced by one that throws.
import { waitUntil } from "cloudflare:workers";
import type { Hono } from "hono";
import { createApp } from "../channels/http/app.ts";
import { createTokenVerifier } from "../channels/http/jwt.ts";
import { createKeySet, type KeySet } from "../channels/http/key-set.ts";
import { toApprovalMail } from "../channels/mail/approval-mail.ts";
import { describeRefusal } from "../channels/refusals.ts";
import { tableReader } from "../connectors/file/table-reader.ts";
import { createCapabilities } from "../connectors/index.ts";
import type { Env } from "../env.ts";
import { OPERATOR } from "../kernel/domain/id.ts";
import { isPrivateException } from "../kernel/door/address.ts";
import { createDoor } from "../kernel/door/door.ts";
import { loadDocument } from "../kernel/door/load-document.ts";
import { toAnswer } from "../kernel/execution/answer.ts";
import { StandingReader } from "../kernel/execution/standing.ts";
import type { RunnerPorts } from "../kernel/execution/runner-ports.ts";
import type { Mailer } from "../kernel/ports/mailer.ts";
import type { NoticeBook, Teller } from "../kernel/ports/notices.ts";
import { createTeller } from "../kernel/approval/teller.ts";
import type { Planner } from "../kernel/stages/plan.ts";
import type { Limits } from "../kernel/ports/guard.ts";
import type { Identity } from "../kernel/ports/identity.ts";
import type { Outbound } from "../kernel/ports/outbound.ts";
import type { Archive } from "../kernel/ports/archive.ts";
import type { AuditRows } from "../kernel/ports/audit.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import type { Vault } from "../kernel/ports/vault.ts";
import { invariant } from "../kernel/domain/refusal.ts";
import { toEmbedding } from "./embedding.ts";
import { toGuard, toReplies, toRunners, toStore } from "./objects.ts";
import { findLikelyModel, isModel, listModels } from "../providers/catalogue.ts";
import { createModels } from "../providers/index.ts";
import { findModelPrice } from "../providers/model-price.ts";
import { toSettingRows } from "./setting-rows.ts";
import { Settings, toPublicUrl, toTenantLimits } from "./settings.ts";
import { STEP_KINDS } from "../steps/index.ts";
import { D1ApprovalLinks } from "../storage/d1/approval-links.ts";
import { toDatabaseFault } from "../storage/d1/away.ts";
import { D1Archive } from "../storage/d1/archive.ts";
import { D1AuditRows } from "../storage/d1/audit-rows.ts";
import { D1Catalogue } from "../storage/d1/catalogue.ts";
import { D1EmbeddingStates } from "../storage/d1/embedding-states.ts";
import { D1Documents } from "../storage/d1/documents.ts";
import { D1Identity } from "../storage/d1/identity.ts";
import { D1Keys } from "../storage/d1/keys.ts";
import { D1Ledger } from "../storage/d1/ledger.ts";
import { D1Metrics } from "../storage/d1/metrics.ts";
import { D1PayerNames } from "../storage/d1/payer-names.ts";
import { D1Policies } from "../storage/d1/policies.ts";
import { D1Registry } from "../storage/d1/registry.ts";
import { D1Retention } from "../storage/d1/retention.ts";
import { D1Runs } from "../storage/d1/runs.ts";
import { D1System } from "../storage/d1/system.ts";
import { D1Users } from "../storage/d1/users.ts";
import { toMailer } from "../platform/mailers.ts";
import { clock } from "../platform/platform-clock.ts";
import { platformIds } from "../platform/platform-ids.ts";
import { R2SavedAnswers } from "../storage/r2/saved-answers.ts";
import { R2Indexes } from "../storage/r2/indexes.ts";
import { R2FileSweep } from "../storage/r2/file-sweep.ts";
import { R2Files } from "../storage/r2/files.ts";
import { toTriggerPorts } from "./trigger-ports.ts";
import { toKeeping } from "./vault.ts";

const platformFetch = globalThis.fetch.bind(globalThis);
globalThis.fetch = () => {
  throw new Error("Nothing leaves but through the door: use StepContext.perform or CapabilityIo.fetch.");
};

export { clock };

/** Read once per isolate: variables do not change while it lives. */
let settings: Settings | null = null;

export function toSettings(env: Env): Settings {
  settings ??= Settings.parse(env);
  return settings;
}

export const toDefaultLimits = (env: Env): Limits => toTenantLimits(toSettings(env));

/** Whether counted requests outlive a guard that is killed. */
export function isStrict(env: Env): boolean {
  return toSettings(env).SKILLOS_RATE_LIMIT_STRICT;
}

function toOutbound(env: Env): Outbound {
  const privateHosts = env.ENVIRONMENT === "local" ? toSettings(env).SKILLOS_PRIVATE_HOSTS : [];
  return {
    privateHosts,
    fetch: ({ url, method, headers, body }, signal) => {
      const init = { method, headers, body, signal, redirect: "manual" } as const;
      return env.PRIVATE_NETWORK && isPrivateException(url, privateHosts)
        ? env.PRIVATE_NETWORK.fetch(url.href, init)
        : platformFetch(url.href, init);
    },
  };
}

const toKept = (env: Env) => toKeeping(env, toSettings(env), waitUntil);

export function toVault(env: Env): Vault {
  return toKept(env).vault;
}

const kinds = new Map(STEP_KINDS.map((kind) => [kind.kind, kind]));
/** Hosts that did not answer lately; shared by the runs of this isolate. */
const away = new Map<string, number>();
const kept = new Map<string, number>();

function toCapabilities(env: Env) {
  const all = [...createCapabilities(new R2Files(env.BLOBS, toVault(env))), createModels(toSettings(env))];
  return new Map(all.map((capability) => [capability.via, capability]));
}

export function toPlanner(env: Env): Planner {
  const capabilities = toCapabilities(env);
  return { kinds, describe: (guess, known) => describe(capabilities, guess, known) };
}

function describe(
  capabilities: ReturnType<typeof toCapabilities>,
  guess: Parameters<Planner["describe"]>[0],
  { connectors, prices }: Parameters<Planner["describe"]>[1],
) {
  const capability = capabilities.get(guess.via);
  invariant(capability, `a capability named ${guess.via} is registered`);
  return capability.describe(
    guess.request,
    guess.connector === undefined ? null : (connectors.get(guess.connector) ?? null),
    prices,
  );
}

type OwnPorts = Pick<
  RunnerPorts,
  "tenant" | "shard" | "journal" | "hosts" | "wake" | "drainSoon" | "drainNow" | "report"
> & { readonly notices: NoticeBook };

function toOwnMailer(env: Env): Mailer | null {
  return toMailer(env, toSettings(env).SKILLOS_MAIL_FROM);
}

function toTeller(env: Env): Teller {
  const [users, approvalLinks] = [new D1Users(env.DB), new D1ApprovalLinks(env.DB)];
  const own = { users, approvalLinks, clock, ids: platformIds, toMail: toApprovalMail };
  const publicUrl = toPublicUrl(toSettings(env), env.ENVIRONMENT);
  return createTeller({ ...own, publicUrl, mailer: toOwnMailer(env) });
}

export function toRunnerPorts(env: Env, own: OwnPorts): RunnerPorts {
  const documents = new D1Documents(env.DB);
  const guard = toGuard(env);
  const capabilities = toCapabilities(env);
  const door = createDoor({
    clock,
    outbound: toOutbound(env),
    mailer: toOwnMailer(env),
    secrets: toKept(env).secrets,
    documents,
    capabilities,
    away,
    saved: new R2SavedAnswers(env.BLOBS, toVault(env)),
    kept,
    background: waitUntil,
  });
  return {
    ...own,
    clock,
    ids: platformIds,
    guard,
    documents,
    policies: new D1Policies(env.DB),
    standing: new StandingReader({ tenant: own.tenant, guard, clock }),
    members: toIdentity(env),
    people: new D1Users(env.DB),
    door,
    kinds,
    describe: (guess, known) => describe(capabilities, guess, known),
    store: (name) => toStore(env, name),
    toAnswer: (run) => toAnswer(run, describeRefusal),
    notices: { book: own.notices, teller: toTeller(env) },
  };
}

function toIdentity(env: Env): Identity {
  const limitsAll = toSettings(env).SKILLOS_RATE_LIMIT_REQUESTS !== null;
  return new D1Identity(env.DB, { limitsAll, background: waitUntil });
}

export function toArchive(env: Env): Archive {
  return new D1Archive(env.DB);
}

export function toAuditRows(env: Env): AuditRows {
  return new D1AuditRows(env.DB);
}

const HOUR_MS = 3_600_000;

function toLimits(from: Settings): Platform["limits"] {
  const ttl = from.SKILLOS_IDEMPOTENCY_TTL_SECONDS;
  return {
    idempotencyTtlMs: ttl === null ? 24 * HOUR_MS : ttl * 1000,
    retentionMs: Math.max(1, from.SKILLOS_RETENTION_DAYS) * 24 * HOUR_MS,
    attachmentBytes: from.SKILLOS_ATTACHMENT_MAX_SIZE_BYTES,
    shards: from.SKILLOS_SHARDS,
  };
}

export function toPlatform(env: Env): Platform {
  const catalogue = new D1Catalogue(
    env.DB,
    { indexes: new R2Indexes(env.BLOBS, toVault(env)), vault: toVault(env) },
    waitUntil,
  );
  const guard = toGuard(env);
  const from = toSettings(env);
  return {
    environment: env.ENVIRONMENT,
    version: env.VERSION ?? "dev",
    timeZone: from.SKILLOS_TIMEZONE,
    publicUrl: toPublicUrl(from, env.ENVIRONMENT),
    approvalLinks: new D1ApprovalLinks(env.DB),
    background: waitUntil,
    clock,
    ids: platformIds,
    catalogue,
    loadFresh: async (tenant) => catalogue.load(tenant, (await guard.standing(tenant)).registryVersion),
    documents: new D1Documents(env.DB),
    registry: new D1Registry(env.DB),
    runs: new D1Runs(env.DB, toVault(env)),
    archive: toArchive(env),
    ledger: new D1Ledger(env.DB),
    system: new D1System(env.DB),
    payerNames: new D1PayerNames(env.DB, {
      hasTokens: from.SKILLOS_JWT_SECRET !== "" || from.SKILLOS_JWT_JWKS_URL !== "",
    }),
    retention: new D1Retention(env.DB),
    fileSweep: new R2FileSweep(env.BLOBS),
    identity: toIdentity(env),
    keys: new D1Keys(env.DB),
    users: new D1Users(env.DB),
    guard,
    runners: toRunners(env, { shards: from.SKILLOS_SHARDS, archive: toArchive(env) }),
    replies: toReplies(env, { shards: from.SKILLOS_SHARDS }),
    files: new R2Files(env.BLOBS, toVault(env)),
    tables: tableReader,
    kinds: STEP_KINDS,
    embedding: toEmbedding(env, from, { outbound: toOutbound(env), clock }),
    embeddingStates: new D1EmbeddingStates(env.DB),
    ...toTriggerPorts(env, from, toVault(env)),
    surroundings: {
      ...toPlanner(env),
      approvalToken: from.SKILLOS_APPROVAL_TOKEN === "" ? null : from.SKILLOS_APPROVAL_TOKEN,
    },
    store: (name) => toStore(env, name),
    describeRefusal,
    ...toKept(env),
    findFault: toDatabaseFault,
    metrics: new D1Metrics(env.DB),
    settingRows: toSettingRows(env),
    listModels: (own) => listModels(from, (id) => findModelPrice(from, id), own),
    hasModel: (model) => isModel(from, model),
    findLikelyModel: (model) => findLikelyModel(model, findModelPrice(from, model)),
    limits: toLimits(from),
  };
}

/** One application per isolate: bindings do not change while it lives. */
let app: Hono | null = null;

export function toApp(env: Env): Hono {
  if (app) return app;
  const from = toSettings(env);
  const verifier = createTokenVerifier({
    secret: from.SKILLOS_JWT_SECRET,
    keySet: toKeySet(env, from.SKILLOS_JWT_JWKS_URL),
    algorithms: from.SKILLOS_JWT_ALGORITHMS,
    issuer: from.SKILLOS_JWT_ISSUER,
    audience: from.SKILLOS_JWT_AUDIENCE,
    leewaySeconds: from.SKILLOS_JWT_LEEWAY_SECONDS,
  });
  app = createApp(toPlatform(env), verifier);
  return app;
}

/** Read in the operator's name: a token says whose it is only once it is believed. */
function toKeySet(env: Env, url: string): KeySet | null {
  if (url === "") return null;
  const ports = { outbound: toOutbound(env), clock };
  return createKeySet(() => loadDocument(ports, { tenant: OPERATOR, url }));
}
