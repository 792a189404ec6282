import { expect, it } from "vitest";
import { aRun } from "../../../test/builders.ts";
import { toRunEntries } from "./run-entries.ts";

const approvedBy = { user: "boris", at: 5, how: "a person" };

it("says of a yes that it was an asker's own, whosever name it was in", () => {
  const [own] = toRunEntries(aRun({ approvedBy: { ...approvedBy, isOwn: true } }));
  expect(own).toMatchObject({ user: "boris", action: "approval.approve", body: { own: true } });
  const [other] = toRunEntries(aRun({ approvedBy }));
  expect(other?.body).not.toHaveProperty("own");
  expect(toRunEntries(aRun({ approvedBy: { ...approvedBy, user: "anna" } }))[0]?.body).toMatchObject({
    own: true,
  });
});

it("says who got no link, because somebody who asked had set the address", () => {
  const run = aRun({ askedOf: { who: ["boris", "clara"], unlinked: ["boris"] } });
  expect(toRunEntries(run)).toMatchObject([
    { action: "approval.unlinked", user: "anna", target: run.id, body: { users: ["boris"] } },
  ]);
  expect(toRunEntries(aRun({ askedOf: { who: ["clara"], unlinked: [] } }))).toEqual([]);
});
