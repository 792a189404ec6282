// Settings as a file that only their owner can read: what stands on a command line is seen by everybody on the computer.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A value is taken as it stands between two of these; none of them can be escaped. */
const QUOTES = ["'", "`", '"'];

/** `wrangler` looks for other variables behind each dollar. @param {string} name @param {string} value */
function toLine(name, value) {
  const isAsWritten = (/** @type {string} */ quote) => quote !== '"' || !/\\[nr]/.test(value);
  const quote = QUOTES.find((one) => !value.includes(one) && isAsWritten(one));
  if (quote === undefined || value.endsWith("\\"))
    throw new Error(`${name} cannot be given to wrangler: it has every kind of quotes, or a \\ at its end.`);
  return `${name}=${quote}${value.replaceAll("$", "\\$")}${quote}\n`;
}

/**
 * Goes with this process.
 * @param {string} stateDir
 * @param {Record<string, string>} settings
 */
export function saveEnvFile(stateDir, settings) {
  const file = join(stateDir, "dev.env");
  const text = Object.entries(settings).map(([name, value]) => toLine(name, value));
  // The mode counts for a new file only.
  rmSync(file, { force: true });
  writeFileSync(file, text.join(""), { mode: 0o600 });
  process.on("exit", () => rmSync(file, { force: true }));
  return file;
}
