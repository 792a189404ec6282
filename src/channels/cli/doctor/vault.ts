// Whether the master key opens what is kept, and where it comes from: asked of the server where one runs, else of what stands at hand.
import { isGood, toCall } from "../client.ts";
import { toText } from "../json.ts";
import type { Shell, VaultLook } from "../shell.ts";
import { VAULT_WORDS, type VaultWords } from "../words/vault-words.ts";
import { type Finding, toFinding } from "./finding.ts";
import { loadApiKey } from "./server.ts";

export async function findVault({
  place,
  local,
  locale,
}: Pick<Shell, "place" | "local" | "locale">): Promise<Finding> {
  const words = VAULT_WORDS[locale];
  const look = local.lookAtVault(place.environment, place.stateDir);
  const owner = await local.loadOwner(place.stateDir);
  if (owner === null) return findAtHand(look, words);
  // It may have been given a variable that this terminal does not have.
  const source = owner.masterKey ?? look.source;
  const mark = await askMark({ port: owner.port, stateDir: place.stateDir });
  return mark === null ? findAtHand(look, words) : findServed({ ...look, source, mark }, words);
}

async function askMark({ port, stateDir }: { port: number; stateDir: string }): Promise<string | null> {
  const call = toCall({ url: `http://127.0.0.1:${port}`, token: loadApiKey(stateDir) }, {});
  const answer = await call("GET /vault").catch(() => null);
  return answer !== null && isGood(answer) ? toText(answer.body["master"]) : null;
}

function toSource({ source, file }: VaultLook, words: VaultWords): string {
  return source === "file" ? file : words.source[source];
}

function findAtHand(look: VaultLook, words: VaultWords): Finding {
  if (look.malformed !== null) return toFinding("vault", words.noKey(look.malformed), words.giveKey);
  if (look.needed === null) return toFinding("vault", words.nothingKept);
  if (look.opens) return findServed(look, words);
  const mend = look.fileMark === look.needed ? words.unset(look.file) : words.restore(look.file);
  return toFinding("vault", words.locked(look.needed, toSource(look, words), look.mark ?? ""), mend);
}

function findServed(look: VaultLook, words: VaultWords): Finding {
  const opens = words.opens(toSource(look, words), look.mark ?? "");
  if (look.needed !== null && look.needed !== look.mark)
    return toFinding("vault", `${opens}; ${words.notRotated}`, words.rotate);
  if (look.source !== "variable" || look.fileMark === look.mark) return toFinding("vault", opens);
  return toFinding(
    "vault",
    `${opens}; ${look.fileMark === null ? words.noFile : words.fileDiffers(look.file)}`,
  );
}
