// Reading one text out of a payload that may be anything.
/** A text member of a payload that may be anything. */
export function findText(payload: unknown, name: string): string | null {
  if (typeof payload !== "object" || payload === null) return null;
  const value: unknown = Object.entries(payload).find(([key]) => key === name)?.[1];
  return typeof value === "string" && value !== "" ? value : null;
}
