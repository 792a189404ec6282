// A skill's id as it was typed. One that cannot be an id, or names no skill, is told with the one probably meant.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseSkillId, type SkillId } from "../../../kernel/domain/id.ts";
import { findNearSkill } from "../../../kernel/language/unknown-skill.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { toShownPath } from "../files/shown-path.ts";
import { toJsonList, toText } from "../json.ts";
import { Complaint, type Shell } from "../shell.ts";

/** The server says so itself of an id that only names no skill. */
export async function loadSkillId(text: string, shell: Pick<Shell, "call">): Promise<SkillId> {
  const id = parseSkillId(text);
  if (id !== null) return id;
  const meant = text === "" ? undefined : findNearSkill(text, await listIds(shell));
  throw new Complaint(({ noSkillId }) => noSkillId(text, meant));
}

/** A skill that is to be made, and its file without the ending. */
export function toNewSkill(
  text: string,
  { place }: Pick<Shell, "place">,
): { readonly id: SkillId; readonly base: string } {
  const id = parseSkillId(text);
  if (id === null) throw new Complaint(({ badNewId }) => badNewId(text));
  const base = join(place.skillsDir, id);
  if (!existsSync(`${base}.yaml`)) return { id, base };
  const shown = toShownPath(`${base}.yaml`, place.cwd);
  throw new Complaint(({ skillExists }) => skillExists(id, shown), EXIT_CODES.conflict);
}

/** For a filter, which the server does not mind. */
export async function checkSkill(text: string, shell: Pick<Shell, "call">): Promise<void> {
  const known = await listIds(shell);
  if (known.includes(parseSkillId(text) ?? text)) return;
  throw new Complaint(({ noSkill }) => noSkill(text, findNearSkill(text, known)), EXIT_CODES.notFound);
}

async function listIds(shell: Pick<Shell, "call">): Promise<readonly string[]> {
  const { body } = await shell.call("GET /skills");
  return toJsonList(body["skills"]).map((skill) => toText(skill["id"]));
}
