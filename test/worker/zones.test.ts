// Lists show moments in the tenant's zone, with the offset: the same for whoever reads them.
import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { z } from "zod";
import { type Caller, toCaller } from "./caller.ts";

async function inZone(timeZone: string): Promise<Caller> {
  const caller = await toCaller();
  await env.DB.prepare("update tenants set time_zone = ?, registry_version = 100 where id = ?")
    .bind(timeZone, caller.tenant)
    .run();
  await caller.platform.guard.noteRegistry(caller.tenant, 100, false);
  return caller;
}

it.each([
  ["Asia/Kathmandu", "2126-12-01T13:45:00.000+05:45"],
  ["America/New_York", "2126-12-01T03:00:00.000-05:00"],
])("schedules in %s", async (zone, written) => {
  const caller = await inZone(zone);
  const json = {
    id: "s",
    skill: "test/double",
    run_at: "2126-12-01T08:00:00Z",
    time_zone: "UTC",
    input: { n: 1 },
  };
  expect((await caller.ask("POST /schedules", { json })).body).toMatchObject({
    run_at: written,
    next_at: written,
  });
  expect((await caller.ask("GET /schedules")).body).toMatchObject({
    schedules: [{ id: "s", timezone: "UTC", next_at: written }],
  });
});

it("runs, open and ended", async () => {
  const caller = await inZone("Asia/Kathmandu");
  await caller.ask("POST /skills/test/double/run", { json: { input: { n: 2 } } });
  const { body } = await caller.ask("GET /runs");
  expect(body).toMatchObject({ time_zone: "Asia/Kathmandu" });
  const Runs = z.object({
    runs: z.array(z.object({ run_id: z.string(), created_at: z.string(), finished_at: z.string() })),
  });
  const [run] = Runs.parse(body).runs;
  expect(run?.created_at).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+\+05:45$/);
  expect(run?.finished_at).toMatch(/\+05:45$/);
  // One run is for programs: one moment, written the same everywhere, and the zone beside it for whoever shows it.
  const one = await caller.ask(`GET /runs/${run?.run_id}`);
  expect(one.body).toMatchObject({ time_zone: "Asia/Kathmandu", created_at: expect.stringMatching(/Z$/) });
});
