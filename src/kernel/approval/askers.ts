// Who asks for a run: all who gave what it is made of. In whose name it is, who answered its forms, who set the secret that its event
// was signed with, who gave a schedule its input, who made the versions that it runs. None of them agrees to it for the others.
import type { Plan } from "../domain/plan.ts";
import type { RunOrder, RunRecord, StepRecord } from "../domain/run.ts";
import { isReadOnly } from "../domain/plan.ts";
import type { RunRequest } from "../domain/request.ts";

type Given = Pick<RunRecord, "steps"> & {
  readonly order: { readonly principal: { readonly user: string } } & Pick<RunOrder, "askers">;
};

/** In whose name it is comes first. */
export function toAskers({ order, steps }: Given): readonly string[] {
  return [...new Set([order.principal.user, ...(order.askers ?? []), ...steps.flatMap(toAnswerer)])];
}

function toAnswerer({ answeredBy }: StepRecord): readonly string[] {
  return answeredBy === undefined ? [] : [answeredBy.user];
}

/** Those beside its own user who are known when it is ordered. `makers`: of a version, by its hash. What changes nothing asks nobody. */
export function toOtherAskers(
  { principal, givenBy = [] }: Pick<RunRequest, "principal" | "givenBy">,
  plan: Pick<Plan, "effects" | "pins">,
  makers: ReadonlyMap<string, readonly string[]>,
): Pick<RunOrder, "askers"> {
  if (isReadOnly(plan)) return {};
  const { skills, connectors } = plan.pins;
  const versions = [...Object.values(skills), ...Object.values(connectors)];
  const all = new Set([...givenBy, ...versions.flatMap((hash) => makers.get(hash) ?? [])]);
  all.delete(principal.user);
  return all.size === 0 ? {} : { askers: [...all] };
}
