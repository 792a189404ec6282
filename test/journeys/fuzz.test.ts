// The short form of `npm run accept -- fuzz`: five malformed requests to each route.
import { expect, it } from "vitest";
import { runFuzz } from "../../scripts/accept/fuzz.ts";

it("answers malformed requests with a problem that names the mend, never with a fault", async () => {
  const { figures, problems } = await runFuzz(1, { requests: 250 }, () => undefined);
  expect(problems).toEqual([]);
  expect(figures["routes"]).toBeGreaterThan(40);
});
