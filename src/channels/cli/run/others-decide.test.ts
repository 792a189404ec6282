import { describe, expect, it } from "vitest";
import { aView } from "../show/view-builder.ts";
import { toOthersDecide } from "./others-decide.ts";

const waiting = (approval: object) => ({ run_id: "run_0_x", short_id: "r-abc123", approval });

describe("a run that waits for another's yes", () => {
  it("says who may give it, and what they run", () => {
    const [said, ...more] = toOthersDecide(waiting({ mine: false, who: ["boris", "clara"] }), aView("en"));
    expect(said).toContain("boris, clara");
    expect(said).toContain("npx skillos approvals approve r-abc123");
    expect(more).toEqual([]);
  });

  it("says why no link goes to one of them, and what mends it", () => {
    const asked = { mine: false, who: ["boris"], no_link: ["boris"] };
    expect(toOthersDecide(waiting(asked), aView("en"))[1]).toContain("npx skillos users set-email boris");
  });

  it("says nothing of others where whoever asked may say it", () => {
    expect(toOthersDecide(waiting({ mine: true, who: ["anna"] }), aView("en"))).toEqual([]);
    expect(toOthersDecide(waiting({}), aView("en"))).toEqual([]);
  });
});
