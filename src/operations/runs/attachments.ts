// Files that come with a request: stored under their content, replaced by references. Nothing but size and type is logged.
import { z } from "zod";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { FileReference } from "../../kernel/ports/files.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { defineOperation } from "../operation.ts";
import { type Attacher, toAttacher } from "./named-files.ts";

const MOST_FILES = 20;
const LONGEST_NAME = 200;

export const AttachmentBody = z.object({
  filename: z.string().min(1).max(1_000),
  content_type: z.string().max(200).default("application/octet-stream"),
  /** Base64. */
  data: z.string(),
});
export type AttachmentBody = z.infer<typeof AttachmentBody>;

export type StoredAttachments =
  | { readonly references: readonly FileReference[] }
  | { readonly refusal: Refusal };

interface Incoming {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type: string;
}

/** All of them or none: what is wrong with one is said before any is stored. */
export async function storeAttachments(
  platform: Platform,
  attacher: Attacher,
  list: readonly AttachmentBody[],
): Promise<StoredAttachments> {
  if (list.length > MOST_FILES)
    return {
      refusal: {
        reason: "bad_request",
        message: {
          en: `There are ${list.length} attachments; ${MOST_FILES} may come at once.`,
          ru: `Приложено файлов: ${list.length}; за раз можно ${MOST_FILES}.`,
        },
        field: "attachments",
      },
    };
  const files: Incoming[] = [];
  for (const { filename, content_type, data } of list) {
    // Judged by the length of the text first: what is too large is not decoded.
    if ((data.length / 4) * 3 - 2 > platform.limits.attachmentBytes) return { refusal: toTooLarge(platform) };
    const bytes = parseBase64(data);
    if (bytes === null)
      return {
        refusal: {
          reason: "bad_request",
          message: {
            en: `The data of ${toFileName(filename)} is not base64.`,
            ru: `Данные ${toFileName(filename)} — не base64.`,
          },
          field: "attachments",
        },
      };
    files.push({ bytes, name: filename, type: content_type });
  }
  return storeFiles(platform, attacher, files);
}

async function storeFiles(
  platform: Platform,
  { tenant, by }: Attacher,
  files: readonly Incoming[],
): Promise<StoredAttachments> {
  if (files.some(({ bytes }) => bytes.length > platform.limits.attachmentBytes))
    return { refusal: toTooLarge(platform) };
  const stored = files.map(({ bytes, name, type }) =>
    platform.files.put(tenant, bytes, { name: toFileName(name), type: toContentType(type) }),
  );
  const references = await Promise.all(stored);
  // The row after the bytes: a reference never names a file that is not there.
  await platform.attachments.add(tenant, references, { by, now: platform.clock.now() });
  return { references };
}

function toTooLarge(platform: Platform): Refusal {
  return { reason: "too_large", what: "the attachment", limitBytes: platform.limits.attachmentBytes };
}

/** One sign at a time: an expression that repeats a group over megabytes runs out of stack. */
const NOT_BASE64 = /[^A-Za-z0-9+/]/;

function parseBase64(text: string): Uint8Array | null {
  const compact = text.replaceAll(/\s/g, "");
  if (compact.length % 4 !== 0 || NOT_BASE64.test(compact.replace(/={1,2}$/, ""))) return null;
  return Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
}

/** The last part of a path, without what a header, a shell or a file system would read as more than a name. */
export function toFileName(text: string): string {
  const last = text.split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .replaceAll(/[\p{Cc}"<>|:*?]/gu, "_")
    .replace(/^\.+/, "")
    .trim();
  // Cut between the two halves of a sign, its second half would be left.
  return clean.slice(-LONGEST_NAME).toWellFormed() || "file";
}

const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w-]+=[\w."-]+)?$/;

function toContentType(text: string): string {
  return CONTENT_TYPE.test(text) ? text.toLowerCase() : "application/octet-stream";
}

export const attachmentAdd = defineOperation({
  name: "attachment-add",
  summary: "Stores a file; its reference can stand in an input.",
  permission: "run",
  http: "POST /attachments",
  input: z.object({ filename: z.string().min(1).max(1_000).default("file") }),
  rawBody: true,
  async run(platform, call) {
    if (call.bodyBytes.length === 0)
      return {
        refusal: {
          reason: "bad_request",
          message: { en: "There is no file in the body.", ru: "В теле запроса нет файла." },
          mend: { en: "Send the bytes of the file as the body.", ru: "Отправьте телом запроса байты файла." },
        },
      };
    const stored = await storeFiles(platform, toAttacher(call.principal), [
      { bytes: call.bodyBytes, name: call.input.filename, type: call.contentType },
    ]);
    return "refusal" in stored ? stored : { status: 201, body: stored.references[0] };
  },
});

export const fileGet = defineOperation({
  name: "file-get",
  summary: "The bytes of an attachment, or of a file that a skill made.",
  permission: "read",
  http: "GET /files/{sha256}",
  // Whose run a file is of stands sealed in the run: nothing tells it from that of a skill which the key does not reach.
  needsEverySkill: true,
  input: z.object({ sha256: z.string() }),
  async run(platform, call) {
    const file = await platform.files.get(call.principal.tenant, call.input.sha256);
    if (file === null) return { refusal: { reason: "not_found", what: "file", id: call.input.sha256 } };
    const name = encodeURIComponent(file.name).replaceAll(
      /['()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    return {
      status: 200,
      bytes: new Uint8Array(file.bytes),
      // Never shown as a page of ours: what people upload may be HTML. RFC 6266 for names that are not Latin.
      headers: {
        "content-type": file.type,
        "content-disposition": `attachment; filename="file"; filename*=UTF-8''${name}`,
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "private, max-age=31536000, immutable",
        etag: `"${file.sha256}"`,
      },
    };
  },
});
