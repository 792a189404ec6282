// An answer of the API, read field by field. A client must survive a server that is older or newer than itself:
// an absent field is an absent line on the screen, never a crash.
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function toJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function toJsonList(value: unknown): readonly Json[] {
  return toList(value).filter(isJson);
}

export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

export function toNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** `toField(body, "plan", "forecast", "upper_usd")`: undefined where anything on the way is absent. */
export function toField(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => toJson(at)[key], value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
