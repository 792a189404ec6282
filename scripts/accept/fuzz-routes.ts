// The routes of a server as its OpenAPI describes them: one that is added is tried without anybody remembering it.
import type { Body } from "../lib/server-process.ts";

export interface FuzzRoute {
  readonly method: string;
  /** With `{name}` where a value belongs. */
  readonly path: string;
  readonly query: readonly string[];
  /** JSON Schema of each member of the body; empty where the body is raw or there is none. */
  readonly fields: Readonly<Record<string, Body>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content?: Readonly<
      Record<string, { readonly schema?: { readonly properties?: FuzzRoute["fields"] } }>
    >;
  };
}

export function findRoutes(openApi: Body): readonly FuzzRoute[] {
  // Made by our own generator in the shape that OpenAPI 3.1 fixes.
  const paths = openApi["paths"] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      query: (operation.parameters ?? []).filter((one) => one.in === "query").map(({ name }) => name),
      fields: operation.requestBody?.content?.["application/json"]?.schema?.properties ?? {},
    })),
  );
}
