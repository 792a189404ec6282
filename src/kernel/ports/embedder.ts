// Turns texts into vectors that lie near each other where the texts mean the same. Which service does it is the operator's choice; none
// is a choice too.
export interface Embedder {
  /** Vectors of different models are never compared. */
  readonly model: string;
  /** One vector per text, in their order. What comes back is not to be believed unseen (embedding.ts). */
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}
