import { describe, expect, it } from "vitest";
import { toOfferLines } from "./offer.ts";
import { aView } from "./view-builder.ts";

const FLIGHTS = {
  text: "find flights to Sochi",
  skill: "travel/search_flights",
  confidence: 0.97,
  missing: ["date"],
};
const RATE = { text: "show the rate", skill: "finance/rate", confidence: 0.9, missing: [] };

describe("several requests in one sentence", () => {
  const body = { steps: [FLIGHTS, RATE], pipeline: { skill: "travel/both", confidence: 0.873, yaml: "" } };

  it("are shown as steps, with the commands that go on", () => {
    expect(toOfferLines(body, "find flights to Sochi, then show the rate", aView("en"))).toEqual([
      "? 2 requests in a row, 87 % sure of all. Nothing ran.",
      "  1  find flights to Sochi  travel/search_flights  97 %  asks for date",
      "  2  show the rate          finance/rate  90 %",
      "  One after the other:",
      '    npx skillos run "find flights to Sochi"',
      '    npx skillos run "show the rate"',
      "  Or saved as one skill, which this sentence finds from then on:",
      '    npx skillos route "find flights to Sochi, then show the rate" --save travel/both',
    ]);
    expect(toOfferLines(body, "…", aView("ru")).slice(0, 2)).toEqual([
      "? Здесь 2 запроса подряд, вместе уверенность 87 %. Ничего не запускалось.",
      "  1  find flights to Sochi  travel/search_flights  97 %  спросит: date",
    ]);
  });

  it("name the step that nobody can do, and what can be done without it", () => {
    const steps = [RATE, { text: "dance", skill: null, confidence: 0, missing: [] }];
    expect(toOfferLines({ steps }, "…", aView("en"))).toEqual([
      "✗ I have no skill for a step of this. Nothing ran.",
      "  1  show the rate  finance/rate  90 %",
      "  2  dance          no skill",
      "  What can be done:",
      '    npx skillos run "show the rate"',
    ]);
  });

  it("are one word of a shell each, whatever they hold", () => {
    const steps = [{ ...RATE, text: "it's $(date)" }];
    expect(toOfferLines({ steps }, "", aView("en"))).toContain(
      String.raw`    npx skillos run 'it'\''s $(date)'`,
    );
  });
});
