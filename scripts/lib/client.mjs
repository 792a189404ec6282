// The launcher's own client of the HTTP API. Plain `node:http`: `fetch` would cost this process 30 MB for good.
import { builtins } from "./builtins.mjs";

/** @typedef {{ url: string, tenant: string, api_key: string }} Credentials */

/**
 * @param {{ url: string, method: string, headers: Record<string, string>, body?: string | undefined }} sent
 * @returns {Promise<{ status: number, text: string }>}
 */
export function send({ url, method, headers, body = "" }) {
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = builtins.http.request(
      url,
      { method, headers: { ...headers, ...length } },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (part) => {
          text += part;
        });
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/**
 * @param {Credentials} credentials
 * @param {string} route `POST /run`
 * @param {{ json?: unknown, text?: string, type?: string, language?: string }} [content]
 * @returns {Promise<{ status: number, body: any }>} body: the parsed JSON, or the text when it is none
 */
export async function call(credentials, route, content = {}) {
  const [method = "GET", path = "/"] = route.split(" ");
  /** @type {Record<string, string>} */
  const headers = { authorization: `Bearer ${credentials.api_key}`, accept: "application/json" };
  if (content.json !== undefined) headers["content-type"] = "application/json";
  if (content.type) headers["content-type"] = content.type;
  if (content.language) headers["accept-language"] = content.language;
  const body = content.json === undefined ? content.text : JSON.stringify(content.json);
  const { status, text } = await send({ url: credentials.url + path, method, headers, body });
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    return { status, body: text };
  }
}
