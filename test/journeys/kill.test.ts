// The short form of `npm run accept -- kill`: 100 runs with writes, three SIGKILLs of everything at fixed-seed moments.
import { expect, it } from "vitest";
import { runKill } from "../../scripts/accept/kill.ts";

it("finishes each of 100 runs once while it is killed three times", async () => {
  const { figures, problems } = await runKill(1, { jobs: 100, kills: 3 }, () => undefined);
  expect(problems).toEqual([]);
  expect(figures).toMatchObject({
    jobs: 100,
    kills: 3,
    lost: 0,
    duplicated: 0,
    wrong_status: 0,
    held_usd: 0,
  });
});
