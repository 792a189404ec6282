// A file of this computer becomes an input value: its bytes go to POST /attachments, its reference into the request.
import { readFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { isGood } from "../client.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { type Json, toText } from "../json.ts";
import { Complaint, type Shell } from "../shell.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".csv": "text/csv",
  ".json": "application/json",
  ".xml": "application/xml",
  ".html": "text/html",
  ".pdf": "application/pdf",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".png": "image/png",
  ".jpg": "image/jpeg",
};

export interface Uploaded {
  readonly value: Json;
  readonly pages: number | null;
}

export async function uploadFile(path: string, shell: Shell): Promise<Uploaded> {
  const bytes = loadFile(path, shell);
  const filename = basename(path);
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  const sending = shell.call(`POST /attachments?filename=${encodeURIComponent(filename)}`, {
    raw: bytes,
    headers: { "content-type": type },
  });
  const answer = await shell.screen.during(filename, sending);
  if (!isGood(answer)) {
    const { title, detail, fix } = answer.body;
    const said = [
      `${filename}: ${toText(title) || answer.status}`,
      `${toText(detail)} ${toText(fix)}`.trim(),
    ] as const;
    throw new Complaint(() => said, toExitCodeOf(answer.status, answer.body));
  }
  const { sha256, name, type: stored, size } = answer.body;
  return {
    value: { sha256, name: toText(name) || filename, type: stored ?? type, size: size ?? bytes.length },
    pages: countPages(bytes, type),
  };
}

export function loadFile(path: string, shell: Shell): Buffer {
  try {
    return readFileSync(resolve(shell.place.cwd, path));
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new Complaint(({ noFile, unreadable }) => (isAbsent ? noFile(path) : unreadable(path)));
  }
}

/** Plain text has its pages between form feeds. */
function countPages(bytes: Buffer, type: string): number | null {
  if (type !== "text/plain") return null;
  const feeds = bytes.reduce((count, byte) => (byte === 0x0c ? count + 1 : count), 0);
  return feeds === 0 ? null : feeds + 1;
}
