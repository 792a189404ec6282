// A column that holds a JSON list.
import { z } from "zod";

export const toList = <Item extends z.ZodType>(item: Item) =>
  z.string().transform((json) => z.array(item).parse(JSON.parse(json)));
