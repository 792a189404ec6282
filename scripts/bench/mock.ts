// The service that every measured request asks once. It counts, so that none is lost and none is twice.
import { createServer } from "node:http";

const seen = new Map<string, number>();
let repeats = 0;

const server = createServer((request, response) => {
  const key = request.headers["idempotency-key"];
  if (typeof key === "string") {
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (times > 1) repeats += 1;
  }
  response.setHeader("content-type", "application/json");
  if (request.url === "/counts") response.end(JSON.stringify({ keys: seen.size, repeats }));
  else response.end('{"rate":92.5,"unit":"RUB"}');
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
});
process.on("disconnect", () => process.exit(0));
