// Files that a caller names by what they hold, instead of attaching them. A key for some skills is refused what GET /files/{sha256}
// refuses it, by whatever input, form or sentence it is named.
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

/** Whoever names more that he did not attach is refused before anything is looked up. */
const MOST_LOOKED_UP = 20;
/** As a step reads it, wherever it stands in a text: a skill may cut it out of there, or write it small. */
const NAMED = /[0-9a-f]{64}/gi;

export interface Attacher {
  readonly tenant: TenantId;
  readonly by: string | null;
}

/** What one key for some skills attached, a key of its user that reaches as far may name, such as the one it is rotated to. */
export function toAttacher({ tenant, user, skills }: Principal): Attacher {
  return { tenant, by: skills === undefined ? null : sha256(toCanonicalJson([user, skills.toSorted()])) };
}

/** `given`: all that he says. Of a key that reaches every skill, and where no file is named, nothing is looked up. */
export async function findFileRefusal(
  platform: Pick<Platform, "attachments" | "files">,
  principal: Principal,
  given: unknown,
): Promise<RefusalOf<"forbidden"> | null> {
  const { tenant, by } = toAttacher(principal);
  if (by === null) return null;
  const named = toNamed(given);
  if (named.length === 0) return null;
  const own = new Set(await platform.attachments.listOwn(tenant, named, by));
  const others = named.filter((file) => !own.has(file));
  if (others.length > MOST_LOOKED_UP) return toRefusal(principal);
  // Many other things have names like that: what is no file here is a text.
  const isThere = await Promise.all(others.map((file) => platform.files.has(tenant, file)));
  return isThere.includes(true) ? toRefusal(principal) : null;
}

function toNamed(given: unknown): readonly string[] {
  const found = (JSON.stringify(given) ?? "").match(NAMED) ?? [];
  return [...new Set(found.map((one) => one.toLowerCase()))];
}

function toRefusal({ role }: Principal): RefusalOf<"forbidden"> {
  return {
    reason: "forbidden",
    action: "read that file",
    rule: "a key for some skills opens only files that were attached with it",
    role,
    mend: {
      en: "Attach the file itself (`attachments`, `--file PATH`, or POST /attachments with this key), or use a key that reaches every skill.",
      ru: "Приложите сам файл (`attachments`, `--file ПУТЬ` или POST /attachments с этим ключом) или возьмите ключ, которому доступны все навыки.",
    },
  };
}
