// Ports of this computer: whether one is free, and one that is.
import { createServer } from "node:net";

/** The port when it is free, null when another program has it; 0 asks for any. @param {number} port @returns {Promise<number | null>} */
export function probePort(port) {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once("error", () => answer(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => answer(typeof address === "object" && address ? address.port : null));
    });
  });
}

export async function findFreePort() {
  const port = await probePort(0);
  if (port === null) throw new Error("this computer has no free port");
  return port;
}
