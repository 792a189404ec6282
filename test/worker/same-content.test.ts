// Documents are kept by content: two names with one content are two documents all the same.
import { expect, it } from "vitest";
import { aTenant } from "./tenant.ts";

it("a copy of a skill, or of a connector, under another name is one of its own", async () => {
  const tenant = await aTenant();
  const steps = "  - id: a\n    http: { get: /x, connector: copy }\n";
  await tenant.send(
    "PUT /connectors/copy",
    "type: http\nbase_url: https://sink.example\nidempotency: header\n",
  );
  for (const id of ["test/one", "test/copy"]) {
    await tenant.saveSkill(id, steps);
    expect(await tenant.ask(`POST /skills/${id}/run`, {})).toMatchObject({ status: "succeeded", skill: id });
  }
});
