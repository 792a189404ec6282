// Where a run is looked at.

export function toRunLink(id: string): string {
  return `/?run=${encodeURIComponent(id)}`;
}
