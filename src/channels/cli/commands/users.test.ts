import { expect, it } from "vitest";
import type { Command } from "../command.ts";
import { plain } from "../paint.ts";
import type { Shell } from "../shell.ts";
import { usersAdd, usersList, usersRemove, usersSetEmail, usersSetRole } from "./users.ts";

interface Told {
  readonly [member: string]: unknown;
  readonly options?: Record<string, unknown>;
}

/** What a command asked of the server that answers `body`, and what it showed. */
async function call(command: Command, words: readonly string[], { options = {}, ...body }: Told) {
  const asked: unknown[] = [];
  const lines: string[] = [];
  const shell = {
    isJson: false,
    locale: "ru",
    screen: { paint: plain, width: null, show: (more: readonly string[]) => lines.push(...more) },
    call: async (route: string, sent?: { json?: unknown }) => {
      asked.push(route, sent?.json);
      return { status: 200, body: { ...body, time_zone: "UTC" }, text: "", location: null, date: null };
    },
  } as unknown as Shell; // The commands look at nothing else.
  await command.run({ words, options }, shell);
  return { asked, lines: lines.join("\n") };
}

const ANNA = { id: "anna", role: "member" };

it("users are listed with their roles in the reader's words", async () => {
  const since = { created_at: "2026-11-21T12:00:00Z" };
  const users = [
    { ...ANNA, name: "Анна", ...since },
    { ...ANNA, id: "boris", name: "Борис", email: "b@oysters.example", ...since },
  ];
  const { asked, lines } = await call(usersList, [], { users });
  expect(asked[0]).toBe("GET /users");
  expect(lines).toMatch(/anna +Анна +сотрудник +— +21\.11/);
  expect(lines).toMatch(/boris +Борис +сотрудник +b@oysters\.example +21\.11/);
});

it("users are added, given a role and removed by their ids", async () => {
  const added = await call(usersAdd, ["anna", "member"], { ...ANNA, options: { name: "Анна" } });
  expect(added.asked).toEqual(["POST /users", { id: "anna", role: "member", name: "Анна" }]);
  expect(added.lines).toBe("✓ anna: сотрудник");
  const put = await call(usersSetRole, ["a+b@c", "viewer"], { id: "a+b@c", role: "viewer" });
  expect(put.asked).toEqual(["PUT /users/a%2Bb%40c", { role: "viewer" }]);
  const options = { email: "b@oysters.example" };
  const { asked } = await call(usersAdd, ["boris", "owner"], { id: "boris", role: "owner", options });
  expect(asked).toEqual(["POST /users", { id: "boris", role: "owner", email: "b@oysters.example" }]);
  const moved = await call(usersSetEmail, ["anna", "a@oysters.example"], {
    ...ANNA,
    email: "a@oysters.example",
  });
  expect(moved.asked).toEqual(["PUT /users/anna", { email: "a@oysters.example" }]);
  expect(moved.lines).toBe("✓ anna: a@oysters.example");
  const removed = await call(usersRemove, ["anna"], { id: "anna" });
  expect(removed.asked[0]).toBe("DELETE /users/anna");
  expect(removed.lines).toBe("✓ anna убран");
});
