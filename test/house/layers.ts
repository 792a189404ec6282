// Which layer may see which: one table, read top to bottom, the first row that a path starts with is its layer.
import { importsOf, type SourceFile } from "./sources.ts";

interface Layer {
  readonly path: string;
  /** Beginnings of paths; a layer always sees itself. */
  readonly sees: readonly string[];
  /** Names of packages; a trailing `*` is any rest. */
  readonly packages: readonly string[];
}

const KERNEL = "src/kernel/";
/** What every channel says alike. */
const SHARED = ["refusals", "dollars.ts", "effect-verbs.ts", "exit-codes.ts", "repeat-command.ts"].map(
  (name) => `src/channels/${name}`,
);

export const LAYERS: readonly Layer[] = [
  { path: "src/kernel/domain/", sees: [], packages: ["zod", "node:crypto"] },
  { path: KERNEL, sees: [], packages: ["zod", "yaml", "@marcbachmann/cel-js", "snowball-stemmers"] },
  { path: "src/steps/", sees: [KERNEL], packages: ["zod"] },
  { path: "src/operations/", sees: [KERNEL], packages: ["zod"] },
  { path: "src/providers/", sees: [KERNEL], packages: ["zod", "@ai-sdk/*", "@cfworker/json-schema"] },
  {
    path: "src/connectors/",
    sees: [KERNEL],
    packages: ["zod", "croner", "fast-xml-parser", "papaparse", "fflate"],
  },
  { path: "src/triggers/", sees: [KERNEL], packages: ["zod", "croner"] },
  { path: "src/storage/d1/", sees: [KERNEL], packages: ["drizzle-orm*", "zod"] },
  { path: "src/storage/r2/", sees: [KERNEL], packages: ["zod"] },
  { path: "src/storage/vectorize/", sees: [KERNEL], packages: ["zod"] },
  { path: "src/storage/vault/", sees: [KERNEL], packages: ["node:crypto"] },
  { path: "src/storage/object/", sees: [KERNEL], packages: ["zod"] },
  { path: "src/platform/", sees: [KERNEL], packages: ["zod"] },
  {
    path: "durable-objects/",
    sees: [KERNEL, "src/storage/", "src/compose/compose.ts", "src/compose/objects.ts", "src/env.ts"],
    packages: ["cloudflare:workers", "drizzle-orm*"],
  },
  {
    path: "src/channels/http/",
    sees: [KERNEL, "src/operations/", "src/triggers/", ...SHARED],
    packages: ["hono*", "@hono/*", "jose", "zod", "node:crypto"],
  },
  {
    path: "src/channels/mcp/",
    sees: [KERNEL, "src/operations/", ...SHARED],
    packages: ["@modelcontextprotocol/*", "hono*", "zod"],
  },
  {
    path: "src/channels/cli/",
    // The step kinds: `skillos validate` reads skill files without a server.
    sees: [KERNEL, "src/operations/", "src/steps/", ...SHARED],
    packages: ["commander", "node:*", "yaml", "zod"],
  },
  { path: "src/channels/", sees: [KERNEL], packages: ["zod"] },
  { path: "src/console/", sees: ["src/operations/", "src/kernel/domain/"], packages: ["react*", "hono*"] },
  { path: "src/compose/settings.ts", sees: [KERNEL], packages: ["zod"] },
  { path: "src/compose/setting-rows.ts", sees: [KERNEL, "src/compose/settings.ts"], packages: [] },
  { path: "src/env.ts", sees: [KERNEL, "durable-objects/", "src/operations/triggers/wake.ts"], packages: [] },
  { path: "src/compose/objects.ts", sees: [KERNEL, "src/storage/", "src/env.ts"], packages: [] },
  {
    path: "src/compose/vault.ts",
    sees: [KERNEL, "src/storage/", "src/platform/", "src/env.ts", "src/compose/settings.ts"],
    packages: [],
  },
  {
    path: "src/compose/embedding.ts",
    sees: [KERNEL, "src/providers/", "src/env.ts", "src/compose/settings.ts"],
    packages: [],
  },
  {
    path: "src/compose/trigger-ports.ts",
    sees: [
      KERNEL,
      "src/storage/",
      "src/triggers/",
      "src/env.ts",
      "src/compose/objects.ts",
      "src/compose/settings.ts",
    ],
    packages: [],
  },
  { path: "src/compose/compose.ts", sees: ["src/"], packages: ["*"] },
  { path: "src/worker.ts", sees: ["src/", "durable-objects/"], packages: ["*"] },
];

/** Folders whose index.ts lists extensions; one extension never sees another. */
const LISTS = ["src/steps/", "src/providers/", "src/connectors/", "src/triggers/"];
const STAGES = /^src\/kernel\/stages\/(route|plan|assess|authorize|admit|approve|execute|settle|record)\.ts$/;

const layerOf = (path: string) => LAYERS.find((layer) => path.startsWith(layer.path));

function isAllowedPackage({ packages }: Layer, name: string): boolean {
  return packages.some((allowed) =>
    allowed.endsWith("*")
      ? name.startsWith(allowed.slice(0, -1))
      : name === allowed || name.startsWith(`${allowed}/`),
  );
}

/** `src/steps/http.ts` and `src/steps/http/body.ts` are the one extension `src/steps/http`. */
function unitOf(path: string, list: string): string {
  const [first = ""] = path.slice(list.length).split("/");
  return list + first.replace(/\.tsx?$/, "");
}

/** What the index imports is an extension; anything else in the folder is shared by them. */
function extensionsOf(list: string, files: readonly SourceFile[]): Set<string> {
  const index = files.find(({ path }) => path === `${list}index.ts`);
  const imported = index ? importsOf(index).filter(({ own, target }) => own && target.startsWith(list)) : [];
  return new Set(imported.map(({ target }) => unitOf(target, list)));
}

function findSiblingImport(path: string, target: string, files: readonly SourceFile[]): string | null {
  if (STAGES.test(path) && STAGES.test(target)) return `a stage never imports another stage (${target})`;
  const list = LISTS.find((folder) => path.startsWith(folder) && target.startsWith(folder));
  if (!list || path === `${list}index.ts`) return null;
  const [mine, other] = [unitOf(path, list), unitOf(target, list)];
  if (mine === other || !extensionsOf(list, files).has(other)) return null;
  return `siblings never see each other (${target}); what they share goes to the kernel`;
}

/** One sentence per import that may not be. */
export function findLayerProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (!layer) return [`${file.path}: belongs to no layer; add its folder to test/house/layers.ts`];
    return importsOf(file).flatMap(({ target, own }) => {
      if (!own)
        return isAllowedPackage(layer, target)
          ? []
          : [`${file.path}: ${layer.path} may not import the package ${target}`];
      const seen = [layer.path, ...layer.sees].some((part) => target.startsWith(part));
      if (!seen) return [`${file.path}: ${layer.path} may not import ${target}`];
      const sibling = findSiblingImport(file.path, target, files);
      return sibling ? [`${file.path}: ${sibling}`] : [];
    });
  });
}
