import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAddressRefusal } from "./address.ts";

const isRefused = (address: string, privateHosts: readonly string[] = []) =>
  findAddressRefusal(new URL(address), privateHosts) !== null;

describe("addresses", () => {
  it.each([
    "https://example.com/",
    "http://8.8.8.8/",
    "http://126.255.255.255/",
    "http://128.0.0.1/",
    "http://172.15.0.1/",
    "http://172.32.0.1/",
    "http://100.63.0.1/",
    "http://100.128.0.1/",
    "http://[2606:4700::1111]/",
    "http://[2a00:1450::1]/",
    "http://[64:ff9b::808:808]/",
    "http://localhost.example.com/",
    "http://internal.example.com/",
  ])("lets a public one be: %s", (address) => {
    expect(isRefused(address)).toBe(false);
  });

  it.each([
    "http://localhost/",
    "http://a.internal./",
    "http://printer/",
    "http://[fe80::1]/",
    "ftp://example.com/",
  ])("refuses what is not public: %s", (address) => {
    expect(isRefused(address)).toBe(true);
  });

  it("refuses every form of every private IPv4 address", () => {
    const octet = fc.nat(255);
    const address = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    );
    fc.assert(
      fc.property(address, ([a, b, c, d]) => {
        const number = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
        const high = (a * 256 + b).toString(16);
        const low = (c * 256 + d).toString(16);
        const forms = [
          `${a}.${b}.${c}.${d}`,
          `${a}.${b}.${c * 256 + d}`,
          `${number}`,
          `0x${number.toString(16)}`,
          `0${a.toString(8)}.${b}.${c}.${d}`,
          `[::ffff:${a}.${b}.${c}.${d}]`,
          `[::${high}:${low}]`,
          `[64:ff9b::${high}:${low}]`,
          `[2002:${high}:${low}::1]`,
        ];
        expect(forms.filter((form) => !isRefused(`http://${form}/`))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("an exception of the local environment", () => {
  it("is one host and port, not its neighbours", () => {
    const allowed = ["127.0.0.1:4799"];
    expect(isRefused("http://127.0.0.1:4799/x", allowed)).toBe(false);
    expect(isRefused("http://0x7f.1:4799/x", allowed)).toBe(false);
    expect(isRefused("http://127.0.0.1:4798/x", allowed)).toBe(true);
    expect(isRefused("http://127.0.0.2:4799/x", allowed)).toBe(true);
    expect(isRefused("http://user@127.0.0.1:4799/x", allowed)).toBe(true);
  });
});
