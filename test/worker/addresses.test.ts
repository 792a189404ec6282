// Every way to write a forbidden address, through a skill that takes one: no connection is made, not even after a redirect.
import { expect, it } from "vitest";
import { aTenant, visits } from "./tenant.ts";

const FORBIDDEN = [
  "http://127.0.0.1/",
  "http://127.0.0.1:8787/runs",
  "http://127.1/",
  "http://127.0.1/",
  "http://0x7f.1/",
  "http://0x7f000001/",
  "http://2130706433/",
  "http://017700000001/",
  "http://0177.0.0.1/",
  "http://127.0.0.1./",
  "http://１２７.0.0.1/",
  "http://①②⑦.⓪.⓪.①/",
  "http://0/",
  "http://0.0.0.0/",
  "http://10.0.0.1/",
  "http://10.255.255.255/",
  "http://100.64.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://169.254.169.254.:80/",
  "http://0xa9fea9fe/",
  "http://2852039166/",
  "http://172.16.0.1/",
  "http://172.31.255.254/",
  "http://192.0.0.1/",
  "http://192.0.2.1/",
  "http://192.88.99.1/",
  "http://192.168.1.1/",
  "http://198.18.0.1/",
  "http://198.51.100.7/",
  "http://203.0.113.7/",
  "http://224.0.0.1/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://localhost/",
  "http://LOCALHOST:8787/",
  "http://localhost./",
  "http://app.localhost/",
  "http://printer.local/",
  "http://db.internal/",
  "http://metadata.google.internal/",
  "http://router.lan/",
  "http://nas.home.arpa/",
  "http://intranet/",
  "http://[::1]/",
  "http://[::]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[::ffff:169.254.169.254]/",
  "http://[::127.0.0.1]/",
  "http://[64:ff9b::127.0.0.1]/",
  "http://[64:ff9b:1::a9fe:a9fe]/",
  "http://[2002:7f00:1::]/",
  "http://[2002:a9fe:a9fe::1]/",
  "http://[2001::1]/",
  "http://[2001:db8::1]/",
  "http://[3fff::1]/",
  "http://[fc00::1]/",
  "http://[fd12:3456::1]/",
  "http://[fe80::1]/",
  "http://[fec0::1]/",
  "http://[ff02::1]/",
  "http://[100::1]/",
  "http://user:password@public.example/",
  "http://public.example@127.0.0.1/",
  "ftp://public.example/",
  "file:///etc/passwd",
  "data:text/plain,hello",
  "gopher://public.example/",
];

it(`refuses ${FORBIDDEN.length} addresses and lets a public one through`, async () => {
  const tenant = await aTenant();
  const input = "input:\n  where: { type: text, ask: Where }\n";
  await tenant.saveSkill("test/get", `  - id: a\n    http: { get: "\${{ input.where }}" }\n`, input);
  const get = (where: string) => tenant.ask("POST /skills/test/get/run", { input: { where } });

  const passed: string[] = [];
  for (const where of FORBIDDEN) {
    const answer = await get(where);
    if (answer["status"] === "succeeded" || answer["code"] === "internal") passed.push(where);
  }
  expect(passed).toEqual([]);
  expect(await visits()).toEqual([]);

  for (const to of FORBIDDEN) {
    const answer = await get(`https://public.example/redirect?to=${encodeURIComponent(to)}`);
    if (answer["status"] === "succeeded") passed.push(`redirect to ${to}`);
  }
  expect(passed).toEqual([]);
  const hosts = new Set((await visits()).map(({ url }) => new URL(url).host));
  expect([...hosts]).toEqual(["public.example"]);

  expect(await get("https://public.example/fine")).toMatchObject({ status: "succeeded" });
  expect(await get("https://public.example/redirect?to=/fine")).toMatchObject({ status: "succeeded" });
});
