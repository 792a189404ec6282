// Whether anything waits for a server that nobody uses: a schedule would stop silently with it.
import { call } from "./client.mjs";

/** @param {import("./seed.mjs").Credentials} credentials */
export async function hasStanding(credentials) {
  try {
    const { body } = await call(credentials, "GET /schedules");
    return body.schedules.some((/** @type {{ next_at: string | null }} */ one) => one.next_at !== null);
  } catch {
    return false; // A server that does not answer is of no use to a schedule either.
  }
}
