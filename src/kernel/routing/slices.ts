// Long work in slices: whoever does it may answer others in between, or stop. Done at once or in slices it comes to the same.
export type Slices<Made> = Generator<undefined, Made>;

export function doAtOnce<Made>(slices: Slices<Made>): Made {
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  return slice.value;
}

/** `pause` ends when others have had their turn, with false where nobody wants the work any more: null then. */
export async function doInSlices<Made>(
  slices: Slices<Made>,
  pause: () => Promise<boolean>,
): Promise<Made | null> {
  while (await pause()) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
  return null;
}
