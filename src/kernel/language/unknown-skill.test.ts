import { describe, expect, it } from "vitest";
import { findNearSkill } from "./unknown-skill.ts";

const KNOWN = [
  "oysters/calculate_margin",
  "oysters/calculate_logistics",
  "finance/track_expenses",
  "zakupki/search_tenders",
];

describe("a skill id that names none", () => {
  it.each([
    ["oysters/calculate_margn", "oysters/calculate_margin"],
    ["oyster/calculate_margin", "oysters/calculate_margin"],
    ["finance/calculate_margin", "oysters/calculate_margin"],
    ["calculate_margin", "oysters/calculate_margin"],
    ["Oysters.Calculate_Margin", "oysters/calculate_margin"],
    ["money/track_expense", "finance/track_expenses"],
    ["search_tender", "zakupki/search_tenders"],
    ["weather/forecast", undefined],
    ["", undefined],
  ])("%s was meant as %s", (written, meant) => {
    expect(findNearSkill(written, KNOWN)).toBe(meant);
  });
});
