// What people say of answers, through the whole Worker: learnt, pushed down, listed, taken back; another's is not there.
import { expect, it } from "vitest";
import { aTenant, type Tenant } from "./tenant.ts";

const set = (x: number): string => `  - id: one\n    set: { x: "\${{ ${x} }}" }\n`;
const BOXES = "phrases: [count the boxes, how many boxes are there, number of boxes, boxes in total]\n";
const PRICES = "phrases: [show the price list, what are the prices, price list please, prices]\n";

async function aShop(): Promise<Tenant> {
  const tenant = await aTenant();
  await tenant.saveSkill("test/boxes", set(1), BOXES);
  await tenant.saveSkill("test/prices", set(2), PRICES);
  return tenant;
}

const teach = (tenant: Pick<Tenant, "ask">, query: string) =>
  tenant.ask("POST /feedback", { query, skill: "test/boxes", expected_skill_id: "test/prices" });
const toConfidence = async (tenant: Tenant, query: string): Promise<number> => {
  const { candidates } = await tenant.ask(`GET /route?q=${encodeURIComponent(query)}`);
  const rows = candidates as readonly { skill: string; confidence: number; features: object }[];
  return rows.find(({ skill }) => skill === "test/boxes")?.confidence ?? 0;
};

it("a skill that keeps being corrected is pushed down, and the explanation says so", async () => {
  const tenant = await aShop();
  const query = "count all the boxes there";
  const before = await toConfidence(tenant, query);
  for (const other of ["cost of a crate", "what a pallet costs", "tariff of today"])
    await teach(tenant, other);
  const boris = await tenant.join("boris", "member");
  await teach(boris, "how much is a crate");
  expect(await toConfidence(tenant, query)).toBeLessThan(before);
  const { candidates } = await tenant.ask(`GET /route?q=${encodeURIComponent(query)}`);
  const [boxes] = (candidates as readonly { skill: string; features: { corrections?: number } }[]).filter(
    ({ skill }) => skill === "test/boxes",
  );
  expect(boxes?.features.corrections).toBeLessThan(0);
});

it("what was said is listed and taken back, and the next request goes where it went before", async () => {
  const tenant = await aShop();
  const query = "count all the boxes there";
  const { id } = await teach(tenant, query);
  expect(await tenant.ask("POST /run", { query })).toMatchObject({ skill: "test/prices" });
  expect(await tenant.ask("GET /feedback")).toMatchObject({
    feedback: [{ id, query, skill: "test/boxes", expected_skill_id: "test/prices" }],
  });
  expect(await tenant.ask(`DELETE /feedback/${String(id)}`)).toMatchObject({ id, removed: true });
  expect(await tenant.ask("POST /run", { query })).toMatchObject({ skill: "test/boxes" });
  expect(await tenant.ask("GET /feedback")).toMatchObject({ feedback: [] });
  expect(await tenant.ask(`DELETE /feedback/${String(id)}`)).toMatchObject({ status: 404 });
});

it("a member sees and takes back his own only, an owner everybody's", async () => {
  const tenant = await aShop();
  const [vera, boris] = [await tenant.join("vera", "member"), await tenant.join("boris", "member")];
  const { id } = await teach(vera, "cost of a crate");
  expect(await boris.ask("GET /feedback")).toMatchObject({ feedback: [] });
  expect(await boris.ask(`DELETE /feedback/${String(id)}`)).toMatchObject({ status: 404 });
  expect(await vera.ask("GET /feedback")).toMatchObject({ feedback: [{ id, user: "vera" }] });
  expect(await tenant.ask(`DELETE /feedback/${String(id)}`)).toMatchObject({ removed: true });
});
