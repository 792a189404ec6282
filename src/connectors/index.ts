// The list of capabilities. Adding one: its file, its test, its line here.
import type { Capability } from "../kernel/ports/capability.ts";
import type { Files } from "../kernel/ports/files.ts";
import { createFileCapability } from "./file/file.ts";
import { createHttpCapability } from "./http/http.ts";
import { createMessageCapability } from "./message/message.ts";
import { createSqlCapability } from "./sql/sql.ts";

export function createCapabilities(files: Files): readonly Capability[] {
  return [
    createHttpCapability(),
    createSqlCapability(),
    createFileCapability(files),
    createMessageCapability(),
  ];
}
