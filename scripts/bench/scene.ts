// What every figure is measured on: a server with the skills of the measurements, a service, and the bare reference.
import { ServerProcess } from "../lib/server-process.ts";
import { type Beside, startBeside } from "./beside.ts";
import type { Load } from "./load.ts";

export interface Scene {
  readonly server: ServerProcess;
  readonly mock: Beside;
  readonly reference: Beside;
  readonly secondsEach: number;
  readonly rounds: number;
  readonly tell: (line: string) => void;
}

const INPUT = `input:
  amount: { type: number, above: 0, ask: Amount }
  name: { type: text, ask: Name }
`;

const SYNC = `description: Convert an amount
${INPUT}steps:
  - id: taxed
    set: { total: "\${{ input.amount * 1.2 }}" }
  - id: rate
    http: { get: /rate, connector: bench }
output:
  name: "\${{ input.name }}"
  total: "\${{ taxed.total }}"
  converted: "\${{ taxed.total * rate.body.rate }}"
`;

/** The same request, which reads under one path and writes under the other. */
const toSteps = (path: "look" | "post", count: number): string =>
  Array.from(
    { length: count },
    (_, n) =>
      `  - id: s${n}\n    http: { post: /${path}, connector: bench, body: { amount: "\${{ input.amount }}" } }\n`,
  ).join("");

const SKILLS: Readonly<Record<string, string>> = {
  sync: SYNC,
  ...Object.fromEntries(
    (["look", "post"] as const).flatMap((path) =>
      [1, 3, 6].map((n) => [`${path}${n}`, `description: Steps\n${INPUT}steps:\n${toSteps(path, n)}`]),
    ),
  ),
};

export async function openScene(short: boolean, tell: Scene["tell"]): Promise<Scene> {
  const mock = await startBeside("mock");
  const reference = await startBeside("reference", `http://127.0.0.1:${mock.port}`);
  const server = await ServerProcess.make({ SKILLOS_PRIVATE_HOSTS: `127.0.0.1:${mock.port}` });
  await server.start(true);
  const connector = `type: http
base_url: http://127.0.0.1:${mock.port}
idempotency: header
effects: [{ method: POST, path: /look, effect: read }]
`;
  await server.ask("PUT /connectors/bench", connector);
  for (const [name, text] of Object.entries(SKILLS)) await server.ask(`PUT /skills/bench/${name}`, text);
  return { server, mock, reference, secondsEach: short ? 0.3 : 3, rounds: short ? 1 : 3, tell };
}

export async function closeScene({ server, mock, reference }: Scene): Promise<void> {
  for (const { child } of [mock, reference]) child.disconnect();
  await server.stop();
}

const INPUT_VALUES = { input: { amount: 40, name: "oysters" } };

export function toReferenceLoad(scene: Scene, connections: number): Load {
  return {
    port: scene.reference.port,
    path: "/run",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(INPUT_VALUES),
    connections,
    seconds: scene.secondsEach,
  };
}

export function toSkillLoad(
  scene: Scene,
  skill: string,
  how: { connections: number; async?: boolean },
): Load {
  return {
    port: scene.server.port,
    path: `/skills/bench/${skill}/run`,
    headers: { "content-type": "application/json", authorization: `Bearer ${scene.server.apiKey}` },
    body: JSON.stringify({ ...INPUT_VALUES, ...(how.async ? { async: true } : {}) }),
    connections: how.connections,
    seconds: scene.secondsEach,
  };
}
