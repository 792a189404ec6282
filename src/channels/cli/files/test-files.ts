// Files that a skill's test cases name (`input: { file: samples/tender.txt }`): the server has no disk, so they are sent
// before the cases run.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SkillId } from "../../../kernel/domain/id.ts";
import { type Json, toJson, toJsonList } from "../json.ts";
import { uploadFile } from "../run/attachment.ts";
import type { Shell } from "../shell.ts";

export async function loadTestFiles(id: SkillId, shell: Shell): Promise<Json> {
  const file = join(shell.place.skillsDir, `${id}.test.yaml`);
  if (!existsSync(file)) return {};
  const { parse } = await import("yaml");
  const written: unknown = parse(readFileSync(file, "utf8"));
  const named = toJsonList(toJson(written)["cases"]).flatMap((one) => Object.values(toJson(one["input"])));
  const paths = [...new Set(named.filter((value) => typeof value === "string"))].filter((path) =>
    isFile(join(shell.place.root, path)),
  );
  const sent = await Promise.all(
    paths.map(async (path) => [path, (await uploadFile(join(shell.place.root, path), shell)).value] as const),
  );
  return Object.fromEntries(sent);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
