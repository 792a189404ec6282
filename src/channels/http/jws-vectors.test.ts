// Public vectors (RFC 7515, appendix A.2 and A.3; RFC 8037, appendix A.4): the key is found in a published set, and what it
// signed verifies; any other signature of the same length does not.
import { compactVerify } from "jose";
import { describe, expect, it } from "vitest";
import { NOW } from "../../../test/builders.ts";
import { parseCompactJwt } from "./compact-jwt.ts";
import { createKeySet } from "./key-set.ts";

const JOE = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

const VECTORS = [
  {
    alg: "RS256",
    key: {
      kty: "RSA",
      n: "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
      e: "AQAB",
    },
    token: `eyJhbGciOiJSUzI1NiJ9.${JOE}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw`,
  },
  {
    alg: "ES256",
    key: {
      kty: "EC",
      crv: "P-256",
      x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
      y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    },
    token: `eyJhbGciOiJFUzI1NiJ9.${JOE}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q`,
  },
  {
    alg: "EdDSA",
    key: { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
    token:
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
  },
] as const;

describe.each(VECTORS)("the vector of $alg", ({ alg, key, token }) => {
  const set = createKeySet(async () => ({ keys: [key] }));

  it("verifies with the key of a published set", async () => {
    const found = await set.find({ alg }, NOW);
    if (found === null) throw new Error("the key is in the set");
    const { protectedHeader } = await compactVerify(token, found, { algorithms: [alg] });
    expect(protectedHeader).toEqual({ alg });
  });

  it("does not verify with any sign of its signature changed", async () => {
    const found = await set.find({ alg }, NOW);
    if (found === null) throw new Error("the key is in the set");
    const [header, payload, signature = ""] = token.split(".");
    for (let at = 0; at < signature.length - 1; at += 7) {
      const sign = signature[at] === "A" ? "B" : "A";
      const forged = `${header}.${payload}.${signature.slice(0, at)}${sign}${signature.slice(at + 1)}`;
      await expect(compactVerify(forged, found, { algorithms: [alg] })).rejects.toThrow(/signature/);
    }
  });

  it("is of the strict form where it is a JWT, and of none where a sign is added", () => {
    const isJwt = alg !== "EdDSA"; // Its payload is a sentence, not claims.
    expect(parseCompactJwt(token)).toEqual(isJwt ? { alg, kid: null } : null);
    for (const loose of [`${token}=`, ` ${token}`, token.replace(".", ".."), `${token}\n`])
      expect(parseCompactJwt(loose)).toBeNull();
  });
});
