// docs/permissions.md: every operation by every role, from the list of operations and the rule that the channels ask.
// test/worker/permissions.test.ts asks each of them over HTTP and holds the answers against this page.
import { type Principal, type Role, ROLES, SCOPES, withinRole } from "../../src/kernel/domain/principal.ts";
import { OPERATIONS } from "../../src/operations/index.ts";
import { findCallRefusal } from "../../src/operations/access/may-call.ts";
import type { GeneratedFile } from "./write.ts";

const TEXT = `<!-- Made by scripts/generate-docs.ts from src/operations/. Change it there. -->
# Who may call what

A call needs a key or a token (else 401) whose scope, within the role of its user, reaches the operation (else 403, nothing
done). This is the first gate only. Behind it stands what the call is about: who may write and delete (the policy), whose run it is,
whose question, whose key; another tenant's things are not there for anybody (404). \`admin\` stands for every scope. A key for single
skills (\`skills: ["travel/*"]\`) asks nothing that is about all skills at once.
It names files in an input, a sentence or a form only where they were attached with it, or with a key of its user that reaches the same.
That is a limit on skills, not on what they do: with \`build\` such a key may write a skill of its own name that uses any connector of the
tenant, and with it that connector's secret. Where a key is to reach some services only, leave out \`build\`, or say in a policy which
skills may use which connector (\`skill.domain\`, \`e.connector\`: policies.md).

Roles and the scopes that they reach: owner \`read run build admin\`, manager \`read run build\`, member and viewer \`read run\` (a viewer
changes nothing: what writes is refused by policy).

| operation | route | scope | owner | manager | member | viewer | a key for single skills |
|---|---|---|---|---|---|---|---|
`;

const PUBLIC = `
Without a key, by name: \`GET /health\`, \`GET /openapi.json\`, and deliveries of webhooks (\`POST /webhooks/{id}\`,
\`POST /webhooks/{tenant}/{id}\`), which are judged by their signature. The page (\`/\`, \`/ask\`, \`/approvals/{id}/page\`,
\`/runs/{id}/table.csv\`, \`/docs/errors/{code}\`) takes no key on its owner's computer, where it acts for the owner and answers to
localhost only; deployed, what it shows of a tenant needs one.
`;

export function toPermissionsPage(): GeneratedFile {
  const rows = OPERATIONS.map((operation) => {
    const { name, http, permission } = operation;
    const cell = (role: Role, skills?: readonly string[]): string =>
      findCallRefusal(operation, toKey(role, skills)) === null ? "✓" : "403";
    const cells = [...ROLES.map((role) => cell(role)), cell("owner", ["some/skill"])];
    return `| ${name} | \`${http}\` | ${permission ?? "none"} | ${cells.join(" | ")} |`;
  });
  return { path: "docs/permissions.md", text: `${TEXT}${rows.join("\n")}\n${PUBLIC}` };
}

/** A key that says everything of itself. */
function toKey(role: Role, skills?: readonly string[]): Principal {
  const key = { tenant: "ten_x", user: "x", role, scopes: SCOPES, keyId: "x", unlimited: false } as const;
  return withinRole(skills === undefined ? key : { ...key, skills });
}
