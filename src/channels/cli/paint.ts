// Colours for a terminal; plain text anywhere else.
import * as util from "node:util";

type Colour = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";
export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_colour, text) => text;

/** `styleText` came with Node 20.12: older ones see plain text. */
export function toPaint(isTerminal: boolean, environment: NodeJS.ProcessEnv): Paint {
  const wanted =
    environment["NO_COLOR"] === undefined && (isTerminal || (environment["FORCE_COLOR"] ?? "0") !== "0");
  return wanted && typeof util.styleText === "function"
    ? (colour, text) => util.styleText(colour, text)
    : plain;
}
