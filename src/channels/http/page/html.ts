// HTML that is escaped by construction: a value in a template is text unless another template made it. Attributes must be quoted.

/** Made by `html` only: nothing that came from outside can be one. */
class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type Html = Markup;
type Value = Html | string | number | null | undefined | false | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Controls are no text (a NUL ends nothing here); lone surrogates would break the encoding. */
function toEscaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, (control) => ("\t\n\r".includes(control) ? control : "\ufffd"))
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

function toText(value: Value): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "string") return toEscaped(value);
  if (typeof value === "number") return String(value);
  return value.map(toText).join("");
}

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Markup(parts.reduce((text, part, index) => text + toText(values[index - 1]) + part));
}

/** Text of a person or a service: isolated, so that its direction or override signs cannot rearrange the words around it. */
export function said(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** The same, with what stands between backticks as a command to copy. */
export function saidWithCommands(text: string): Html {
  const parts = text.split("`");
  return html`<bdi>${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}</bdi>`;
}

/** What a server would send: UTF-8. */
export function toBytes(markup: Html | string): number {
  return new TextEncoder().encode(markup.toString()).length;
}

/** At most so many characters (a flag or a family counts as the few that it is made of). */
export function clip(text: string, length: number): string {
  const signs = [...text];
  return signs.length <= length ? text : `${signs.slice(0, length - 1).join("")}…`;
}
