// Attached files in, tables for Excel out. Files are content-addressed and belong to the tenant of the run.
import { z } from "zod";
import type { EffectFacts } from "../../kernel/domain/effect.ts";
import { toShortHash } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { Capability, CapabilityAnswer, Preview } from "../../kernel/ports/capability.ts";
import type { Files, StoredFile } from "../../kernel/ports/files.ts";
import { toCsv } from "../formats/csv.ts";
import { FILE_FORMATS, readFile } from "./file-formats.ts";

const FileRequest = z.union([
  z
    .object({ read: z.unknown(), as: z.enum(FILE_FORMATS).nullish() })
    .refine((request) => request.read !== undefined),
  z.object({ write: z.string(), rows: z.unknown(), as: z.enum(["csv"]).nullish() }),
]);
type FileRequest = z.infer<typeof FileRequest>;

const Reference = z.object({ sha256: z.string(), name: z.string().optional() });
const Rows = z.array(z.record(z.string(), z.unknown())).max(100_000);
const CSV_TYPE = "text/csv; charset=utf-8";
const MAX_NAME_LENGTH = 100;

export function createFileCapability(files: Files): Capability {
  return {
    via: "file",
    describe: (request) => toFacts(parseRequest(request)),
    call: (request, _connector, io) => call(files, io.tenant, parseRequest(request)),
    preview: async (request) => toPreview(parseRequest(request)),
  };
}

function parseRequest(request: unknown): FileRequest {
  const parsed = FileRequest.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new Refused({
    reason: "bad_request",
    message: {
      en: "A file step says `read` with a file, or `write` with a name and `rows`.",
      ru: "В шаге file пишут `read` с файлом или `write` с именем и `rows`.",
    },
  });
}

function toFacts(request: FileRequest): EffectFacts {
  const isRead = "read" in request;
  const target = isRead
    ? (parseReference(request.read)?.name ?? "an attached file")
    : `files/${toFileName(request.write)}`;
  // The same rows make the same file: sending it twice is sending it once.
  return { class: isRead ? "read" : "write", target, resend: "deduplicated", upperMicroUsd: 0 };
}

async function call(files: Files, tenant: TenantId, request: FileRequest): Promise<CapabilityAnswer> {
  if ("read" in request)
    return { value: readFile(await load(files, tenant, request.read), request.as ?? null), costMicroUsd: 0 };
  const bytes = new TextEncoder().encode(toCsv(parseRows(request.rows)));
  const file = await files.put(tenant, bytes, { name: toFileName(request.write), type: CSV_TYPE });
  return {
    value: { url: `/files/${file.sha256}`, name: file.name, size: file.size },
    costMicroUsd: 0,
    total: 1,
  };
}

/** The reference comes from the caller; whose file it is, only from the run. */
async function load(files: Files, tenant: TenantId, read: unknown): Promise<StoredFile> {
  const reference = parseReference(read);
  if (reference === null) {
    throw new Refused({
      reason: "bad_request",
      message:
        typeof read === "string"
          ? { en: `"${read}" is not an attached file.`, ru: `«${read}» — не приложенный файл.` }
          : { en: "No file is attached.", ru: "Файл не приложен." },
      mend: {
        en: "Attach it first: `--file PATH` in the terminal, or POST /attachments.",
        ru: "Сначала приложите его: `--file ПУТЬ` в терминале или POST /attachments.",
      },
    });
  }
  const stored = await files.get(tenant, reference.sha256);
  if (stored === null)
    throw new Refused({ reason: "not_found", what: "file", id: reference.name ?? reference.sha256 });
  return { ...stored, name: reference.name ?? stored.name };
}

/** What an upload answered, or the address of a file that a skill made. */
function parseReference(read: unknown): z.infer<typeof Reference> | null {
  const address = typeof read === "string" ? /^(?:\/files\/)?([0-9a-f]{64})$/.exec(read)?.[1] : undefined;
  if (address !== undefined) return { sha256: address };
  return Reference.safeParse(read).data ?? null;
}

function parseRows(rows: unknown): readonly Readonly<Record<string, unknown>>[] {
  const parsed = Rows.safeParse(rows);
  if (parsed.success) return parsed.data;
  throw new Refused({
    reason: "bad_request",
    message: {
      en: "`rows` of a file must be a list of rows, 100,000 at most.",
      ru: "`rows` файла — это список строк, не больше 100 000.",
    },
  });
}

/** A name that is safe on every system and in a header: no folders, no control signs. */
function toFileName(text: string): string {
  const plain = text
    .replace(/[\p{Cc}"*/:<>?\\|]+/gu, "-")
    .replace(/^[-.\s]+/, "")
    .trim();
  const bare =
    plain
      .replace(/\.csv$/i, "")
      .slice(0, MAX_NAME_LENGTH)
      .trim() || "table";
  return `${bare}.csv`;
}

function toPreview(request: FileRequest): Preview {
  if ("read" in request) return { entities: [], total: 0, value: null };
  const name = toFileName(request.write);
  const rows = Rows.safeParse(request.rows).data;
  // Too much to be shown; by its hash it is still the same content that a person agrees to.
  const after = rows && { rows: rows.length, content: toShortHash(toCsv(rows)) };
  const entity = { id: name, label: rows === undefined ? name : `${name}, rows: ${rows.length}`, after };
  return { entities: [entity], total: 1, value: { url: null, name, size: 0 } };
}
