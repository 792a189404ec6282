// The same work without SkillOS: Hono on Node parses, validates, transforms, asks the upstream once, answers. Nothing is
// recorded, permitted or paid for.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";

const upstream = process.argv[2] ?? "";
const Body = z.strictObject({
  input: z.strictObject({ amount: z.number().positive(), name: z.string().min(1) }),
});
const app = new Hono();

app.post("/run", async (context) => {
  const parsed = Body.safeParse(await context.req.json());
  if (!parsed.success) return context.json({ error: parsed.error.message }, 400);
  const { amount, name } = parsed.data.input;
  const total = amount * 1.2;
  const response = await fetch(`${upstream}/rate`, { headers: { accept: "application/json" } });
  const { rate } = (await response.json()) as { rate: number }; // mock.ts answers it.
  return context.json({ result: { name, total, converted: total * rate } });
});

serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => process.send?.({ port }));
process.on("disconnect", () => process.exit(0));
