// Files of the skills folder become versions. A broken file is reported and its last good version keeps serving.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { FileMistake } from "../../kernel/domain/refusal.ts";
import type { Locale } from "../../kernel/domain/text.ts";
import { toPlain } from "../../kernel/domain/text.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { DocumentKind, NewDocument, RegistryEntry } from "../../kernel/ports/registry.ts";
import { hasScope } from "../../kernel/stages/authorize.ts";
import { noteAudit } from "../records/audit.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { findMisplaced, findPlace, parseRegistryFile, type WantedFile } from "./registry-file.ts";

const MAX_FILES = 5_000;

const FileBody = z.strictObject({
  path: z.string().max(300),
  text: z.string().max(1_000_000).optional(),
  deleted: z.boolean().optional(),
});
type File = z.infer<typeof FileBody>;

export const registryFiles = defineOperation({
  name: "registry-files",
  needsEverySkill: true,
  summary:
    "Takes skills, connectors and fixtures as files; `complete` means that every file is here and others are gone.",
  permission: "build",
  http: "POST /registry/files",
  audited: "registry.put",
  input: z.strictObject({ files: z.array(FileBody).max(MAX_FILES), complete: z.boolean().default(false) }),
  largeBody: true,
  async run(platform, call) {
    const { tenant, role } = call.principal;
    const guarded = findGuarded(call.input);
    if (guarded !== null && !hasScope(call.principal, "admin"))
      return { refusal: { reason: "forbidden", ...guarded, role } };
    const by = await findMaker(platform, call.principal);
    const applied = await applyFiles(platform, tenant, { ...call.input, origin: "file", by });
    const { problems, version, skills } = applied;
    await noteFiles(platform, call, { target: toTarget(call.input.files), applied });
    // Whoever saves a file is told "it serves": the index is built now, not when somebody asks for the first time.
    await platform.catalogue.loadIndex(tenant, version);
    return {
      body: { skills, version, problems: problems.map((mistake) => toProblem(mistake, call.locale)) },
    };
  },
});

/** Whoever holds the key of this computer has its skills folder, and what else is on it: what comes from there is nobody's of the tenant. */
async function findMaker({ keys }: Platform, { tenant, user, keyId }: Principal): Promise<string | null> {
  const key = keyId === null ? null : await keys.find(tenant, keyId);
  return key?.isOfThisComputer === true ? null : user;
}

function toTarget(files: readonly File[]): string {
  const [first, ...others] = files;
  return first && others.length === 0 ? first.path : `${files.length} files`;
}

/** What is the same as before is no change, and leaves no line. */
export async function noteFiles(
  platform: Platform,
  call: Call<unknown>,
  { target, applied }: { readonly target: string; readonly applied: FilesApplied },
): Promise<void> {
  const { put, removed, version } = applied;
  if (put.length + removed.length === 0) return;
  noteAudit(platform, call, { action: "registry.put", target, body: { version, put, removed } });
}

/** A connector says where secrets go, a policy who may what; a complete list removes those that it does not name. */
function findGuarded({ files, complete }: { files: readonly File[]; complete: boolean }) {
  const has = (kind: DocumentKind): boolean => files.some(({ path }) => findPlace(path)?.kind === kind);
  if (complete || has("connector")) return CONNECTORS;
  return has("policy") ? POLICIES : null;
}

const CONNECTORS = { action: "change connectors", rule: 'connectors need a key with "admin"' } as const;
const POLICIES = { action: "change policies", rule: 'policies need a key with "admin"' } as const;

export function toProblem(mistake: FileMistake, locale: Locale) {
  const { at, rule, message, mend } = mistake;
  return {
    file: at.file,
    line: at.line,
    column: at.column,
    rule,
    message: toPlain(message, locale),
    fix: toPlain(mend, locale),
  };
}

export interface FileChange {
  readonly files: readonly File[];
  readonly complete: boolean;
  readonly origin: "file" | "http";
  readonly by: string | null;
}

export interface FilesApplied {
  readonly problems: readonly FileMistake[];
  readonly version: number;
  readonly skills: number;
  /** What is not as it was: `skill:test/double`. */
  readonly put: readonly string[];
  readonly removed: readonly string[];
}

/** Everything that parses is put in one batch; nothing is written when nothing changed. */
export async function applyFiles(
  platform: Platform,
  tenant: TenantId,
  change: FileChange,
): Promise<FilesApplied> {
  const entries = await platform.registry.list(tenant);
  const problems = change.files.flatMap(({ path, deleted }) => (deleted ? [] : (findMisplaced(path) ?? [])));
  const put: NewDocument[] = [];
  for (const wanted of await toWanted(platform, tenant, change.files)) {
    const parsed = parseRegistryFile(wanted, platform.kinds);
    if ("mistakes" in parsed) problems.push(...parsed.mistakes);
    else put.push(...parsed.documents);
  }
  problems.push(...dropRepeats(put));
  const changed = put.filter((document) => !entries.some((entry) => isSame(entry, document)));
  const remove = toRemoved(change, entries);
  const skills = countSkills(entries, put, remove);
  const told = { problems, skills, put: changed.map(toKey), removed: remove.map(toKey) };
  const isOfPolicies = [...put, ...remove].some(({ kind }) => kind === "policy");
  // A guard that did not hear of a policy, because the answer before this one was lost, hears of it now.
  if (changed.length === 0 && remove.length === 0 && !isOfPolicies)
    return { ...told, version: (await platform.loadFresh(tenant)).version };
  const version = await platform.registry.apply(tenant, {
    origin: change.origin,
    put: changed,
    remove,
    now: platform.clock.now(),
    by: change.by,
  });
  await platform.guard.noteRegistry(tenant, version, isOfPolicies);
  return { ...told, version };
}

/** A skill and its phrases are one version: whichever changed, both are needed. */
async function toWanted(platform: Platform, tenant: TenantId, files: readonly File[]): Promise<WantedFile[]> {
  const texts = new Map(
    files.flatMap((file) =>
      file.deleted || file.text === undefined ? [] : [[file.path, file.text] as const],
    ),
  );
  const wanted = new Map<string, WantedFile>();
  for (const path of texts.keys()) {
    const place = findPlace(path);
    if (place === null) continue;
    const isPart = place.kind === "skill" || place.kind === "phrases";
    const main = isPart ? `${place.name}.yaml` : path;
    if (wanted.has(main)) continue;
    const text =
      texts.get(main) ??
      (await platform.registry.loadSource(
        tenant,
        place.kind === "phrases" ? "skill" : place.kind,
        place.name,
      ));
    if (text === null) continue;
    const phrasesPath = `${place.name}.phrases.yaml`;
    const phrases = isPart
      ? (texts.get(phrasesPath) ?? (await platform.registry.loadSource(tenant, "phrases", place.name)))
      : null;
    wanted.set(main, { path: main, text, phrases: phrases ?? undefined });
  }
  return [...wanted.values()];
}

function isSame(entry: RegistryEntry, document: NewDocument): boolean {
  return entry.kind === document.kind && entry.name === document.name && entry.hash === document.hash;
}

/** Two files that claim one id: the second is refused. */
function dropRepeats(put: NewDocument[]): FileMistake[] {
  const seen = new Set<string>();
  const mistakes: FileMistake[] = [];
  for (let index = 0; index < put.length; index += 1) {
    const document = put[index];
    if (!document) continue;
    const key = `${document.kind}:${document.name}`;
    if (!seen.has(key)) {
      seen.add(key);
      continue;
    }
    put.splice(index, 1);
    index -= 1;
    mistakes.push({
      at: { file: `${document.name}.yaml`, line: 1, column: 1 },
      rule: "duplicate_id",
      message: {
        en: `Another file is already ${document.name}.`,
        ru: `Другой файл уже называется ${document.name}.`,
      },
      mend: { en: "Give one of them another id.", ru: "Дайте одному из них другой id." },
    });
  }
  return mistakes;
}

function toRemoved(
  change: FileChange,
  entries: readonly RegistryEntry[],
): { kind: DocumentKind; name: string }[] {
  const named = new Set(
    change.files.filter((file) => !file.deleted).map((file) => toKey(findPlace(file.path))),
  );
  const deleted = new Set(
    change.files.filter((file) => file.deleted).map((file) => toKey(findPlace(file.path))),
  );
  return (
    entries
      // Files rule over what came as files; who asks for one document by its name may mean any.
      .filter((entry) => entry.origin === "file" || change.origin === "http")
      .filter((entry) => deleted.has(toKey(entry)) || (change.complete && !named.has(toKey(entry))))
      .map(({ kind, name }) => ({ kind, name }))
  );
}

function toKey(place: { kind: string; name: string } | null): string {
  return place === null ? "" : `${place.kind}:${place.name}`;
}

function countSkills(
  entries: readonly RegistryEntry[],
  put: readonly NewDocument[],
  remove: readonly { kind: string; name: string }[],
): number {
  const names = new Set(entries.filter((entry) => entry.kind === "skill").map((entry) => entry.name));
  for (const document of put) if (document.kind === "skill") names.add(document.name);
  for (const gone of remove) if (gone.kind === "skill") names.delete(gone.name);
  return names.size;
}
