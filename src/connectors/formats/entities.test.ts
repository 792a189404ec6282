import { expect, it } from "vitest";
import { decodeEntities } from "./entities.ts";

it.each([
  ["&lt;b&gt; &amp;amp; &#1103;&#x44F;", "<b> &amp; яя"],
  ["&nosuch; &constructor; &#0; &#99999999; &", "&nosuch; &constructor; &#0; &#99999999; &"],
])("%s", (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded);
});
