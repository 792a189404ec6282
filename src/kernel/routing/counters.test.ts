import { describe, expect, test } from "vitest";
import type { SkillId } from "../domain/id.ts";
import { fromBlob, toBlob } from "./blob.ts";
import { buildIndex } from "./build-index.ts";
import { toLeastInScope } from "./calibration/calibration.ts";
import type { RoutingDocument } from "./document.ts";
import { route } from "./route.ts";

function aDocument(id: SkillId, phrases: string, counter: string): RoutingDocument {
  const toLines = (text: string) => text.split("; ");
  return {
    id,
    description: id,
    tags: [],
    phrases: { ru: [], en: toLines(phrases) },
    inputNames: [],
    counter: toLines(counter),
  };
}

const TOLD: readonly RoutingDocument[] = [
  aDocument(
    "finance/convert_currency",
    "convert 100 dollars to roubles; how much is 50 euros in yen; change 20 pounds into dollars; what is 500 yuan in roubles; exchange 1000 yen to euros; 70 dollars in tenge please; how many roubles are 40 euros",
    "send 50 dollars to my brother; wire 1000 euros to ivan; pay 20 pounds for the phone; transfer 300 dollars to my card; convert this file to pdf; convert miles to kilometres; how many grams are in a pound",
  ),
  aDocument(
    "travel/search_flights",
    "find flights to sochi; cheap plane tickets from moscow to kazan; when can I fly to dubai; airfare to istanbul next friday; flights from london on monday; plane tickets to paris; is there a flight to rome tomorrow",
    "cancel my flight to dubai; refund my plane tickets; check me in for the flight; how early should I be at the airport; where is flight su 100 now; choose a seat on the plane; my flight was delayed",
  ),
  aDocument(
    "travel/search_hotels",
    "find a hotel in sochi; where to stay in kazan for two nights; cheap hotel near the sea; a room for two in istanbul; accommodation in dubai; hotels in rome with breakfast; a place to sleep in paris",
    "cancel my hotel room; complain about the hotel; leave a review of the hotel in kazan; open a hotel business; weather in sochi; what is the phone of the hotel; rent a flat for a year",
  ),
];
const INDEX = buildIndex(TOLD);

describe("what an author says is not meant", () => {
  test.each([
    ["send 200 euros to olga", "no_skill_found"],
    ["transfer 70 dollars to my brother", "no_skill_found"],
    ["cancel my flight to rome", "no_skill_found"],
    ["refund the tickets to sochi", "no_skill_found"],
    ["is there a plane from kazan to paris", "match"],
    ["a cheap place to stay in sochi", "match"],
    ["convert this file to a picture", "no_skill_found"],
    ["weather in kazan", "no_skill_found"],
    ["how much is 300 dollars in euros", "match"],
    ["cheap flights to rome", "match"],
    ["a hotel in paris for two", "match"],
  ])("%s: %s", (query, decision) => {
    expect(route(INDEX, query).decision).toBe(decision);
  });

  test("its own words are refused, and all that is meant is not", () => {
    const isRefused = (text: string) => route(INDEX, text).decision === "no_skill_found";
    expect(TOLD.flatMap(({ counter }) => counter ?? []).filter((text) => !isRefused(text))).toEqual([]);
    expect(TOLD.flatMap(({ phrases }) => phrases.en).filter(isRefused)).toEqual([]);
  });

  test("one counter-example is enough to refuse it", () => {
    const [first, ...rest] = TOLD.map((one) => ({ ...one, counter: undefined }));
    if (!first) throw new Error("the table is not empty");
    const index = buildIndex([{ ...first, counter: ["wire 1000 euros to ivan"] }, ...rest]);
    expect(route(index, "Wire 1000 euros to Ivan!").decision).toBe("no_skill_found");
    expect(route(index, "change 1000 yen to euros").decision).toBe("match");
  });

  test("a blob carries it", () => {
    const loaded = fromBlob(toBlob(INDEX));
    if (!loaded) throw new Error("the blob was just made");
    for (const text of TOLD.flatMap(({ phrases, counter }) => [...phrases.en, ...(counter ?? [])]))
      expect(route(loaded, text)).toEqual(route(INDEX, text));
  });

  test("the order of the catalogue changes nothing", () => {
    expect(Buffer.compare(toBlob(buildIndex(TOLD.toReversed())), toBlob(INDEX))).toBe(0);
  });

  test("what is just accepted is not called nearly certain", () => {
    expect(toLeastInScope(INDEX.calibration)).toBeLessThan(0.7);
  });
});

test("where nobody says what is not meant, strangers have no say", () => {
  const untold = buildIndex(TOLD.map((one) => ({ ...one, counter: undefined })));
  expect(untold.calibration).toMatchObject({ leadShare: 0, isTold: false });
  const empty = buildIndex(TOLD.map((one) => ({ ...one, counter: [] })));
  expect(Buffer.compare(toBlob(empty), toBlob(untold))).toBe(0);
});

test("a foreign effect is refused wherever the curve lies", () => {
  for (const intercept of [-1, 0, 2, 6]) {
    const calibration = {
      ...INDEX.calibration,
      curve: { intercept, slope: 1 },
    };
    const index = { ...INDEX, calibration };
    expect(route(index, "delete cheap flights to rome").decision).toBe("no_skill_found");
  }
});
