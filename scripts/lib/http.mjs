// `node:http` for the launcher. An `import` of it, even of one name, loads Node's fetch and WebSocket as well: 0.1 s of CPU
// in Node 24, at every start. `require` leaves them alone.
import { createRequire } from "node:module";

/** @type {typeof import("node:http")} */
export const http = createRequire(import.meta.url)("node:http");
