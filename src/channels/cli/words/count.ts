// "3 rows", "1 строка", "5 строк".
export function toRussianCount(
  count: number,
  forms: readonly [one: string, few: string, many: string],
): string {
  const [tens, units] = [count % 100, count % 10];
  const isTeen = tens > 10 && tens < 20;
  if (!isTeen && units === 1) return `${count} ${forms[0]}`;
  return `${count} ${!isTeen && units > 1 && units < 5 ? forms[1] : forms[2]}`;
}

export function toEnglishCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
