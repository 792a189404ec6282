// Reading names, fields and positions. Only own keys are ever read; what is missing is named together with what was there.
import { fail, toHint } from "./expression-error.ts";
import type { Frame } from "./expression-frame.ts";
import { DateValue, isMap, MoneyValue, OptionalValue, toKindName, toValue } from "./expression-values.ts";

export function readRoot(frame: Frame, name: string): unknown {
  if (Object.hasOwn(frame.scope, name)) return toValue(frame.scope[name]);
  const hint = toHint(name, Object.keys(frame.scope));
  return fail("missing", `Имя ${name} неизвестно.${hint.ru}`, `The name ${name} is unknown.${hint.en}`);
}

/** Text keys read maps, whole numbers read lists. Throws a `missing` error for what is not there. */
export function readMember(container: unknown, key: unknown, source: string): unknown {
  if (container instanceof OptionalValue) return readOptional(container, key);
  if (Array.isArray(container) && typeof key === "number") return readPosition(container, key, source);
  if (typeof key !== "string" && typeof key !== "number") return failKey(key, source);
  if (isMap(container)) return readKey(container, String(key), source);
  return readMarked(container, key) ?? failContainer(container, key, source);
}

function readMarked(container: unknown, key: string | number): unknown {
  if (container instanceof MoneyValue && key === "amount") return container.amount;
  if (container instanceof MoneyValue && key === "currency") return container.currency ?? "";
  return container instanceof DateValue && key === "iso" ? container.iso : null;
}

function readKey(container: Readonly<Record<string, unknown>>, key: string, source: string): unknown {
  if (Object.hasOwn(container, key)) return toValue(container[key]);
  const hint = toHint(key, Object.keys(container));
  return fail("missing", `В ${source} нет ${key}.${hint.ru}`, `${source} has no ${key}.${hint.en}`);
}

function readPosition(list: readonly unknown[], position: number, source: string): unknown {
  if (Number.isInteger(position) && position >= 0 && position < list.length) return toValue(list[position]);
  if (!Number.isInteger(position))
    return fail(
      "type",
      `${source}: номер элемента ${position} не целый.`,
      `${source}: position ${position} is not a whole number.`,
    );
  if (list.length === 0)
    return fail(
      "missing",
      `Список ${source} пуст, а нужен его элемент ${position}.`,
      `The list ${source} is empty, but its item ${position} is needed.`,
    );
  const range = list.length === 1 ? "0" : `0…${list.length - 1}`;
  return fail(
    "missing",
    `В списке ${source} нет элемента ${position}: всего элементов ${list.length} (номера ${range}).`,
    `The list ${source} has no item ${position}: it has ${list.length} (numbered ${range}).`,
  );
}

function failContainer(container: unknown, key: string | number, source: string): never {
  if (container === null)
    return fail(
      "missing",
      `${source} пусто, поэтому ${key} взять неоткуда.`,
      `${source} is empty, so it has no ${key}.`,
    );
  const kind = toKindName(container);
  const mend = Array.isArray(container)
    ? { ru: ` Первый элемент: ${source}[0].${key}`, en: ` Its first item: ${source}[0].${key}` }
    : { ru: "", en: "" };
  return fail(
    "type",
    `${source}: ${kind.ru}, поля ${key} у него нет.${mend.ru}`,
    `${source} is ${kind.en}; it has no field ${key}.${mend.en}`,
  );
}

function failKey(key: unknown, source: string): never {
  const kind = toKindName(key);
  return fail(
    "type",
    `${source}[…]: ключом служит текст или номер, а здесь ${kind.ru}.`,
    `${source}[…]: a key is text or a number, but this is ${kind.en}.`,
  );
}

/** `x.?key`: nothing instead of an error when it is not there. */
export function readOptional(container: unknown, key: unknown): OptionalValue {
  const inside = container instanceof OptionalValue ? container.value : container;
  if (container instanceof OptionalValue && !container.present) return container;
  if (Array.isArray(inside) && typeof key === "number")
    return key in inside ? new OptionalValue(true, toValue(inside[key])) : new OptionalValue(false);
  const name = String(key);
  return isMap(inside) && Object.hasOwn(inside, name)
    ? new OptionalValue(true, toValue(inside[name]))
    : new OptionalValue(false);
}
