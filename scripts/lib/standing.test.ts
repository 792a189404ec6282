import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { hasStanding } from "./standing.mjs";

it.each([
  [
    "a schedule that will run",
    { schedules: [{ next_at: null }, { next_at: "2026-12-01T09:00:00+03:00" }] },
    true,
  ],
  ["one that has run", { schedules: [{ next_at: null }] }, false],
  ["none", { schedules: [] }, false],
  ["no answer that is one", {}, false],
])("with %s", async (_, body, isNeeded) => {
  const server = createServer((_request, response) => response.end(JSON.stringify(body)));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // Listening on a port, so the address is no pipe.
  const { port } = server.address() as AddressInfo;
  const credentials = { url: `http://127.0.0.1:${port}`, tenant: "t", api_key: "k" };
  expect(await hasStanding(credentials)).toBe(isNeeded);
  server.close();
  server.closeAllConnections();
});
