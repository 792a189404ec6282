// Seals with a tenant's newest key and opens with the one that the sealed value names.
import { type BrokenSeal, SealBroken } from "../../kernel/domain/seal-broken.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import type { Place, Vault } from "../../kernel/ports/vault.ts";
import type { KeyRing, TenantKeys } from "./key-ring.ts";
import { open, parseSealed, type Sealed, seal, toBinding, toBytes, toText } from "./sealed.ts";

/** What was sealed comes back as it was, with the mark that a text may begin with. */
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true, fatal: false });

export class TenantVault implements Vault {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  ready(tenant: TenantId): Promise<void> | null {
    return this.#ring.ready(tenant);
  }

  async seal(place: Place, text: string): Promise<string> {
    return toText(await this.#seal(place, new TextEncoder().encode(text)));
  }

  async sealBytes(place: Place, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return toBytes(await this.#seal(place, bytes));
  }

  async #seal(place: Place, bytes: Uint8Array): Promise<Sealed> {
    const { tenant } = place;
    const waiting = this.#ring.ready(tenant);
    if (waiting !== null) await waiting;
    const key = this.#ring.toSeal(tenant) ?? (await this.#ring.read(tenant)).newest;
    return seal(key, bindingOf(place), bytes);
  }

  async open(place: Place, sealed: unknown): Promise<string> {
    return TEXT.decode(await this.openBytes(place, sealed));
  }

  async openBytes(place: Place, sealed: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const parsed = parseSealed(sealed);
    if (parsed === null) throw broken(place, "altered");
    return openSealed(await this.#keysFor(place, parsed.key), place, parsed);
  }

  openNow(place: Place, sealed: unknown): string {
    const keys = this.#ring.toOpen(place.tenant);
    if (keys === null) throw new Fault("key_away", "later", `the keys of ${place.tenant}`);
    const parsed = parseSealed(sealed);
    if (parsed === null) throw broken(place, "altered");
    return TEXT.decode(openSealed(keys, place, parsed));
  }

  /** A version that is not known here may have been made elsewhere a moment ago. */
  async #keysFor(place: Place, version: string): Promise<TenantKeys> {
    const keys = await this.#ring.of(place.tenant);
    return keys.byVersion.has(version) ? keys : this.#ring.read(place.tenant);
  }
}

function bindingOf({ tenant, column, row }: Place): Uint8Array {
  return toBinding([tenant, column, row]);
}

function openSealed(keys: TenantKeys, place: Place, { key: version, body }: Sealed): Uint8Array<ArrayBuffer> {
  const key = keys.byVersion.get(version);
  if (key === undefined) throw broken(place, "key_missing");
  try {
    return open(key, bindingOf(place), body);
  } catch (cause) {
    throw broken(place, "altered", cause);
  }
}

function broken({ tenant, column, row }: Place, why: BrokenSeal["why"], cause?: unknown): SealBroken {
  return new SealBroken({ why, tenant, column, row }, cause);
}
