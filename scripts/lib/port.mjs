// Which port the environment names.
export const DEFAULT_PORT = 8787;
const HIGHEST = 65_535;

/** Null: it is no port. @param {string | undefined} text @returns {number | null} */
export function parsePort(text) {
  if (text === undefined || text.trim() === "") return DEFAULT_PORT;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= HIGHEST ? port : null;
}
