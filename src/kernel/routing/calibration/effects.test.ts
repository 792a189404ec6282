import { expect, test } from "vitest";
import { toRequest, trainModel } from "../model/model.ts";
import { asksForeignEffect, asksForeignForm } from "./effects.ts";

const self = { name: "", descriptions: [], inputs: "" };
const rows = ["find flights to sochi", "найди рейсы в сочи", "book a ticket"].map((text) => ({
  ...toRequest(text),
  skill: 0,
  isRequest: true,
}));
const model = trainModel({ rows, selves: [self] });

test.each([
  ["cancel my flight to sochi", true],
  ["could you please cancel the flight", true],
  ["отмени рейс в сочи", true],
  ["отмените мой рейс", true],
  ["find flights to sochi", false],
  ["book a flight", false],
  ["my order of flights", false],
  ["how much is it to deliver a parcel", false],
  ["flights to sochi that others cancel", false],
  ["", false],
])("%s: %s", (text, asks) => {
  expect(asksForeignEffect(toRequest(text).words, model, 0)).toBe(asks);
});

test.each([
  ["найди рейсы в сочи", false],
  ["заплати за рейс", true],
  ["заплатили за рейс", false],
])("%s asks in a form that nobody uses: %s", (text, asks) => {
  const told = ["заплатил за рейс", "найди рейс", "найти рейс"].map((one) => ({
    ...toRequest(one),
    skill: 0,
    isRequest: true,
  }));
  const knowing = trainModel({ rows: told, selves: [self] });
  expect(asksForeignForm(toRequest(text).words, knowing, 0)).toBe(asks);
});
