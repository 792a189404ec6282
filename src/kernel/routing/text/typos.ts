// One slip of the finger in a word nobody knows: a letter too many, too few, wrong, or two swapped. It never touches a known word.
const ALPHABETS = ["abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"];
/** In shorter words one letter makes another word. */
const SHORTEST = 5;
const LONGEST = 20;

/** The most frequent known stem that is one slip away, or the stem itself. */
export function mendTypo(stem: string, frequencyOf: (stem: string) => number): string {
  if (stem.length < SHORTEST || stem.length > LONGEST || frequencyOf(stem) > 0) return stem;
  let best = stem;
  let highest = 0;
  for (const edit of toEdits(stem)) {
    const frequency = frequencyOf(edit);
    if (frequency > highest) [best, highest] = [edit, frequency];
  }
  return best;
}

function* toEdits(stem: string): Generator<string> {
  const alphabet = ALPHABETS.find((letters) => letters.includes(stem[0] ?? "")) ?? "";
  for (let at = 0; at <= stem.length; at++) {
    const head = stem.slice(0, at);
    const tail = stem.slice(at + 1);
    if (at < stem.length) yield head + tail;
    if (at + 1 < stem.length) yield head + (stem[at + 1] ?? "") + (stem[at] ?? "") + stem.slice(at + 2);
    for (const letter of alphabet) {
      if (at < stem.length) yield head + letter + tail;
      yield head + letter + stem.slice(at);
    }
  }
}
