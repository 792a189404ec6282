// What an event from outside says, as the input of a skill: members whose names match are values, a text is a request.
import { isRecord } from "../../kernel/domain/json.ts";
import { z } from "zod";
import type { AttachedFile } from "../../kernel/domain/request.ts";
import type { Skill } from "../../kernel/domain/skill.ts";

export interface MappedPayload {
  readonly input: Readonly<Record<string, unknown>>;
  /** Text that fits no single value: it fills the input as a typed request would. */
  readonly query: string | null;
  readonly files: readonly AttachedFile[];
}

/** Around the values, as a schedule and a call of a run have them. A skill's own input of such a name is one of its values. */
const WRAPS = ["payload", "input"];

type Members = Readonly<Record<string, unknown>>;

/** Members that the skill does not know are left out: senders send more than anybody asked for. */
export function toSkillInput(skill: Skill, event: unknown): MappedPayload {
  const outer = toMembers(event) ?? {};
  const wrap = WRAPS.find((name) => name in outer);
  const inner = wrap === undefined ? event : outer[wrap];
  const members: Members = { ...outer, ...toMembers(inner) };
  const input: Record<string, unknown> = {};
  for (const field of skill.input) {
    const value = members[field.name];
    if (value !== undefined) input[field.name] = value;
  }
  const files = toFiles(event);
  if (typeof inner !== "string" || (wrap !== undefined && wrap in input))
    return { input, files, query: null };
  const open = skill.input.filter(
    (field) => field.type === "text" && !field.optional && !(field.name in input),
  );
  const [only] = open;
  if (open.length !== 1 || only === undefined) return { input, files, query: inner };
  return { input: { ...input, [only.name]: inner }, files, query: null };
}

const File = z.object({ sha256: z.string(), name: z.string(), type: z.string(), size: z.number() });

/** References that stand where a payload's attachments were. */
export function toFiles(event: unknown): MappedPayload["files"] {
  const files = z.array(File).safeParse(toMembers(event)?.["attachments"]);
  return files.success ? files.data : [];
}

function toMembers(value: unknown): Members | null {
  return isRecord(value) ? { ...value } : null;
}
