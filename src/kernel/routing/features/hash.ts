// Features have no names inside the index, only 32-bit keys: FNV-1a per character, then the finaliser of MurmurHash3.
const FNV_PRIME = 0x01000193;

export function addToHash(hash: number, characterCode: number): number {
  return Math.imul(hash ^ characterCode, FNV_PRIME);
}

export function toHash(seed: number, text: string): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = addToHash(hash, text.charCodeAt(at));
  return hash;
}

/** The key of a finished hash; never 0, which marks an empty slot. */
export function toKey(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed >>> 0 || 1;
}
