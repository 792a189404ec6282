// accept tenant: whatever a key of one tenant asks, by every route and every name, of another's things, it is told what it would be
// told of a thing that nobody has; it reads nothing of them, and changes nothing.
import { ServerProcess, type Answer } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";
import { findRoutes } from "./fuzz-routes.ts";
import { judgeStores, judgeUse, readTreasure } from "./tenant-afterwards.ts";
import { findUncovered, NAMING_ROUTES, type NamingRoute, PAGE_ROUTES } from "./tenant-routes.ts";
import { type Caller, makeStranger, makeTreasure, toNobodys, type Treasure } from "./tenant-things.ts";

export const tenant: Check = {
  name: "tenant",
  summary: "every route and name of one tenant's, with the keys of another",
  run: runTenant,
};

async function runTenant(seed: number, _amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const server = await ServerProcess.make();
  try {
    await server.start(true);
    return await judgeTenants(server, { seed, tell });
  } finally {
    await server.stop();
  }
}

interface Wish {
  readonly seed: number;
  readonly tell: (line: string) => void;
}

interface Scene {
  readonly server: ServerProcess;
  readonly treasure: Treasure;
  readonly problems: string[];
  /** What the stranger wrote: he may hear it again. */
  readonly said: Set<string>;
  requests: number;
}

export async function judgeTenants(server: ServerProcess, { seed, tell }: Wish): Promise<Report> {
  const routes = findRoutes(await server.ask("GET /openapi.json"));
  const problems = [...findUncovered(routes)];
  const treasure = await makeTreasure(server, seed);
  const strangers = await makeStranger(server);
  const scene: Scene = { server, treasure, problems, said: new Set(), requests: 0 };
  const before = await readTreasure(server, treasure);
  // Who only reads cannot make what a list shows: whatever there is of the other's, is his.
  const isRead = ([name]: readonly [string, NamingRoute]): boolean => name.startsWith("GET ");
  const all = Object.entries(NAMING_ROUTES);
  for (const [name, route] of [...all.filter(isRead), ...all.filter((one) => !isRead(one))]) {
    for (const caller of strangers) await tryRoute(scene, { name, route, caller });
    tell(`${name}: ${scene.requests} requests, ${problems.length} problems`);
  }
  const local = { key: server.apiKey, what: "the page" };
  for (const [name, route] of Object.entries(PAGE_ROUTES))
    await tryRoute(scene, { name, route, caller: local });
  const [stranger] = strangers;
  const after = await readTreasure(server, treasure);
  for (const [what, text] of Object.entries(before))
    if (after[what] !== text)
      problems.push(`${what} was ${text.slice(0, 300)} and is ${after[what]?.slice(0, 300)}`);
  if (stranger) problems.push(...(await judgeStores(server, treasure, { stranger, said: scene.said })));
  problems.push(...(await judgeUse(server, treasure)));
  const { requests } = scene;
  return { figures: { routes: routes.length, requests, leaks: problems.length }, problems };
}

interface Tried {
  readonly name: string;
  readonly route: NamingRoute;
  readonly caller: Caller;
}

async function tryRoute(scene: Scene, tried: Tried): Promise<void> {
  const { things } = scene.treasure;
  const { names } = tried.route;
  if (Object.keys(names).length === 0) judge(scene, tried, { told: await ask(scene, tried, {}), asked: [] });
  for (const [parameter, kinds] of Object.entries(names))
    for (const kind of kinds) {
      const rest = toFirst(names, things);
      const theirs = { ...rest, [parameter]: things[kind] };
      const nobodys = { ...rest, [parameter]: toNobodys(things[kind]) };
      const told = await ask(scene, tried, theirs);
      noteSaid(scene, tried.name, Object.values(theirs));
      judge(scene, tried, { told, asked: Object.values(theirs).map(bare) });
      const others = await ask(scene, tried, nobodys);
      const [one, other] = [toBytes(told, theirs), toBytes(others, nobodys)];
      if (tried.route.lists && told.status === others.status) continue;
      if (one !== other)
        scene.problems.push(
          `${tried.name} (${kind}, ${tried.caller.what}) tells theirs from nobody's:\n${one}\n${other}`,
        );
    }
}

/** Who only asks for something has not written it anywhere. */
function noteSaid({ said }: Scene, route: string, values: readonly string[]): void {
  if (!route.startsWith("GET ")) for (const one of values) said.add(bare(one));
}

/** `skill:a/b` says a/b. */
function bare(value: string): string {
  return value.replace(/^(skill|user|key):/, "");
}

function toFirst(names: NamingRoute["names"], things: Treasure["things"]): Record<string, string> {
  const first = Object.entries(names).flatMap(([name, [kind]]) => (kind ? [[name, things[kind]]] : []));
  return Object.fromEntries(first);
}

/** What the stranger said himself he may hear again; anything else of theirs is a leak. */
function judge(
  { treasure, problems, said }: Scene,
  { name, caller }: Tried,
  { told, asked }: { told: Answer; asked: readonly string[] },
): void {
  const heard = [...asked, ...said].reduce(
    (text, one) => text.replaceAll(one, ""),
    `${told.text} ${[...told.headers].join(" ")}`,
  );
  const names = name.startsWith("GET ") ? Object.values(treasure.things) : [];
  for (const secret of [...treasure.secrets, ...names])
    if (heard.includes(secret))
      problems.push(`${name} tells ${caller.what} "${secret}": ${told.text.slice(0, 300)}`);
  if (told.status >= 500) problems.push(`${name} answers ${caller.what} ${told.status}`);
}

async function ask(scene: Scene, tried: Tried, values: Readonly<Record<string, string>>): Promise<Answer> {
  const { name, route, caller } = tried;
  scene.requests += 1;
  const [method = "GET", path = "/"] = name.split(" ");
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, one: string) => toPart(one, values[one] ?? ""));
  const rest = Object.fromEntries(Object.entries(values).filter(([one]) => !path.includes(`{${one}}`)));
  const query = new URLSearchParams(rest).toString();
  const headers = { authorization: `Bearer ${caller.key}`, ...route.headers };
  if (method === "GET") {
    const asked = query === "" ? filled : `${filled}?${query}`;
    return scene.server.send(`GET ${asked}`, undefined, headers);
  }
  const isText = typeof route.body === "string" || Array.isArray(route.body);
  const body = isText ? route.body : { ...route.body, ...toMembers(rest) };
  return scene.server.send(`${method} ${filled}`, method === "DELETE" ? undefined : body, headers);
}

/** A skill's slash divides its path. */
function toPart(name: string, value: string): string {
  return name === "skill" ? value : encodeURIComponent(value);
}

function toMembers(values: Readonly<Record<string, string>>): object {
  const { skills, ...others } = values;
  return skills === undefined ? others : { ...others, skills: [skills] };
}

const PRESENT =
  /\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|[0-9A-Z]{26}|[0-9a-z]{26}|sk_[\w-]+|[0-9a-f]{12,64}/g;

/** The page gives each form an Idempotency-Key. */
const FORM_KEY = /name="key" value="\w+"/;

/** What is made has a time and an id of its own; what is refused has nothing but the id of its request. */
function toBytes({ status, headers, text }: Answer, said: Readonly<Record<string, string>>): string {
  const request = /"request_id":"([^"]+)"|request (q_\w+)/.exec(text)?.slice(1).find(Boolean) ?? "no request";
  const shown = [...headers].filter(([name]) => name !== "date" && name !== "content-length");
  const bytes = [status, JSON.stringify(shown), text]
    .join("\n")
    .replaceAll(request, "REQUEST")
    .replace(FORM_KEY, "");
  const plain = Object.entries(said).reduce(
    (rest, [name, one]) => rest.replaceAll(one, `<${name}>`).replaceAll(one.slice(-6), `<end of ${name}>`),
    bytes,
  );
  return status < 300 ? plain.replaceAll(PRESENT, "~") : plain;
}
