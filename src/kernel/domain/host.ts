// A service as calls name it, from whatever a person has of it: an address, with its scheme and path or without, in any letters.

export function toHost(typed: string): string | null {
  const text = typed.trim();
  return URL.parse(text.includes("://") ? text : `https://${text}`)?.host || null;
}
