import { expect, it } from "vitest";
import { toHost } from "./host.ts";

it.each([
  ["api.shop", "api.shop"],
  ["https://API.shop/x?y=1", "api.shop"],
  ["http://api.shop:8080/x", "api.shop:8080"],
  ["api.shop:443", "api.shop"],
  ["[::1]:8080", "[::1]:8080"],
  ["[2001:DB8::1]", "[2001:db8::1]"],
  ["", null],
  ["not a host", null],
])("'%s' is the service %s", (typed, host) => expect(toHost(typed)).toBe(host));
