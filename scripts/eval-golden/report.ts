// What went wrong in a golden run, one line each: for those who mend phrases and rules. Not for a holdout.
import { type GoldenAnswer, isSame } from "../../src/channels/cli/files/golden.ts";

export function toMistakes(answers: readonly GoldenAnswer[]): readonly string[] {
  return answers.flatMap((answer) => [...toRoutingMistakes(answer), ...toValueMistakes(answer)]);
}

function toRoutingMistakes({ row, candidates, isFound }: GoldenAnswer): string[] {
  const guesses = candidates.slice(0, 3).map(({ skill, confidence }) => `${skill} ${confidence.toFixed(2)}`);
  const told = (what: string): string[] => [`${what}: ${row.query} → ${row.skill}; ${guesses.join(", ")}`];
  if (row.skill === null) return isFound ? told("wrongly accepted") : [];
  const at = candidates.findIndex(({ skill }) => skill === row.skill);
  if (at !== 0) return told(at > 0 && at < 3 ? "wrong skill first" : "wrong skill, not among three");
  return isFound ? [] : told("wrongly refused");
}

function toValueMistakes({ row, input, read }: GoldenAnswer): string[] {
  if (input === null) return [];
  const told = (what: string, name: string): string =>
    `${what}: ${row.query} → ${name}: ${JSON.stringify(input[name])}, expected ${JSON.stringify(row.values[name])}`;
  return [
    ...Object.entries(row.values)
      .filter(([name, value]) => !isSame(value, input[name]))
      .map(([name]) => told("wrong value", name)),
    ...read.filter((name) => !(name in row.values)).map((name) => told("invented value", name)),
  ];
}
