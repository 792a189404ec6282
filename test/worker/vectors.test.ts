// The local adapter. Vectorize has no local runtime: its adapter is held to the same suite against a deployed index.
import { env } from "cloudflare:test";
import { describe } from "vitest";
import { D1Vectors } from "../../src/storage/d1/vectors.ts";
import { vectorsContract } from "../contracts/vectors.contract.ts";

describe("vectors in D1", () => {
  vectorsContract(async () => new D1Vectors(env.DB));
});
