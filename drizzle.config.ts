import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/storage/d1/schema.ts", "./src/storage/d1/identity-schema.ts"],
  out: "./migrations",
});
