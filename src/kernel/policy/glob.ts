// Which skills a rule is for: an id in which `*` stands for any letters, the slash too, and `?` for one.

/** Five stars are more than anybody needs, and few enough to be matched at once. */
const GLOB = /^(?:[a-z0-9_\-/.?]*\*){0,5}[a-z0-9_\-/.?]*$/;
const MAX_LENGTH = 200;

export function isGlob(text: string): boolean {
  return text !== "" && text.length <= MAX_LENGTH && GLOB.test(text);
}

/** `domain.name` is the same as `domain/name`, as everywhere. */
export function compileGlob(text: string): (id: string) => boolean {
  const slashed = text.includes("/") ? text : text.replace(".", "/");
  if (!/[*?]/.test(slashed)) return (id) => id === slashed;
  const pattern = slashed.replaceAll(/[.]/g, "\\.").replaceAll("?", ".").replaceAll(/\*+/g, ".*");
  const expression = new RegExp(`^${pattern}$`);
  return (id) => expression.test(id);
}
