// What an event from outside says, as the input of a skill: members whose names match are values, a text is a request.
import type { InputField, Skill } from "../kernel/domain/skill.ts";

export interface MappedPayload {
  readonly input: Readonly<Record<string, unknown>>;
  /** Text that fits no single value: it fills the input as a typed request would. */
  readonly query: string | null;
}

type Members = Readonly<Record<string, unknown>>;

/** Members that the skill does not know are left out: senders send more than anybody asked for. */
export function toSkillInput(skill: Skill, event: unknown): MappedPayload {
  const outer = toMembers(event) ?? {};
  const inner = "payload" in outer ? outer["payload"] : event;
  const members: Members = { ...outer, ...toMembers(inner) };
  const input: Record<string, unknown> = {};
  for (const field of skill.input) {
    const value = members[field.name];
    if (value !== undefined) input[field.name] = value;
  }
  addFiles(skill.input, outer["attachments"], input);
  if (typeof inner !== "string" || "payload" in input) return { input, query: null };
  const open = skill.input.filter(
    (field) => field.type === "text" && !field.optional && !(field.name in input),
  );
  const [only] = open;
  if (open.length !== 1 || only === undefined) return { input, query: inner };
  return { input: { ...input, [only.name]: inner }, query: null };
}

/** Attachments fill the inputs that take files, in their order. */
function addFiles(fields: readonly InputField[], attachments: unknown, input: Record<string, unknown>): void {
  if (!Array.isArray(attachments)) return;
  const left: unknown[] = [...attachments];
  for (const field of fields) {
    if (field.type !== "file" || field.name in input || left.length === 0) continue;
    input[field.name] = field.many === true ? left.splice(0) : left.shift();
  }
}

function toMembers(value: unknown): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}
