// Which tokens are spoken for by stronger kinds of values.
import type { Span } from "./sentence.ts";

export class ClosedTokens {
  private readonly tokens = new Set<number>();

  constructor(spans: readonly Span[]) {
    this.add(spans);
  }

  add(spans: readonly Span[]): void {
    for (const { start, end } of spans) for (let at = start; at < end; at += 1) this.tokens.add(at);
  }

  isFree = (index: number): boolean => !this.tokens.has(index);

  isOpen = ({ span }: { readonly span: Span }): boolean => {
    for (let at = span.start; at < span.end; at += 1) if (this.tokens.has(at)) return false;
    return true;
  };
}
