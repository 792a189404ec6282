import { expect, it } from "vitest";
import { anOrder, aRun } from "../../../test/builders.ts";
import type { Candidate } from "../ports/keys.ts";
import { listReached, listUnlinked } from "./reached.ts";

const run = aRun({
  order: anOrder({ approval: { needed: "yes", by: "owner", always: false } }),
  createdAt: 100,
});

const aCandidate = (id: string, changes: Partial<Candidate> = {}): Candidate => ({
  ...{ id, role: "owner", email: `${id}@example.com`, emailSince: 1, emailBy: [], ways: [[]] },
  ...changes,
});

const reach = (...people: readonly Candidate[]) => listReached(run, people).map(({ id }) => id);

it("reaches those who may decide, at an address that was there before and is in no asker's hands", () => {
  const people = [
    aCandidate("boris"),
    aCandidate("carl", { emailSince: 100 }),
    aCandidate("dora", { emailBy: ["anna"] }),
    aCandidate("emil", { email: "", emailBy: ["anna"] }),
    aCandidate("fred@example.com", { email: "" }),
    aCandidate("gone", { role: null, lately: "owner" }),
    aCandidate("mia", { role: "member" }),
  ];
  expect(reach(...people)).toEqual(["boris", "fred@example.com"]);
  expect(listUnlinked(run, people)).toEqual(["dora"]);
});

it("reaches them at whatever address where their yes is the asker's own anyway, and keeps whose it is", () => {
  const boris = aCandidate("boris", { ways: [["anna"]], emailBy: ["anna"] });
  expect(listReached(run, [boris])).toEqual([
    { id: "boris", role: "owner", address: "boris@example.com", hands: ["anna"] },
  ]);
  expect(listUnlinked(run, [boris])).toEqual([]);
  expect(reach(aCandidate("anna", { emailBy: [] }))).toEqual(["anna"]);
});
