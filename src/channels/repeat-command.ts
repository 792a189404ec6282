// The command that repeats a run as its request asked: its skill, the values that were understood, and when.
interface Understood {
  readonly name: string;
  readonly value: unknown;
}

export function toRepeatCommand(skill: string, cron: string, understood: readonly Understood[]): string {
  const values = understood.flatMap(({ name, value }) => {
    const text = toPlainValue(value);
    return text === null ? [] : [` --set ${toWord(`${name}=${text}`)}`];
  });
  return `npx skillos schedule add ${skill} --cron "${cron}"${values.join("")}`;
}

/** Null: no value of every time. A day that was said belongs to this once; what a shell would read as its own is left out. */
function toPlainValue(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) {
    const parts = value.map(toPlainValue);
    return parts.includes(null) ? null : parts.join(",");
  }
  if (typeof value !== "string" || /^\d{4}-\d\d-\d\d/.test(value) || /["$`\\!%\n]/.test(value)) return null;
  return value;
}

function toWord(text: string): string {
  return /^[\p{L}\p{N}_.,:/=+-]+$/u.test(text) ? text : `"${text}"`;
}
