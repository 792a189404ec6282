// The query that lists runs for a key of some skills names the same ones as the key itself does.
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { toIsReached } from "../../src/storage/d1/runs.ts";
import { GLOB_CASES } from "../contracts/skill-globs.ts";

it.each(GLOB_CASES.filter(({ isOfKey }) => isOfKey))(
  "a query means by $glob what a key does",
  async (one) => {
    for (const [ids, isNamed] of [
      [one.names, 1],
      [one.leaves, 0],
    ] as const)
      for (const id of ids) {
        const asked = `select ${toIsReached("?1", "?2")} as named`;
        const found = await env.DB.prepare(asked)
          .bind(id, JSON.stringify([one.glob]))
          .first("named");
        expect({ id, found }).toEqual({ id, found: isNamed });
      }
  },
);
