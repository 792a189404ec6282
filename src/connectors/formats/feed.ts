// RSS 2.0, RSS 1.0 and Atom as one list of items, so that a skill need not know which of them a site has.
import { isRecord } from "../../kernel/domain/json.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import { parseXml, toElements, toElementText } from "./xml.ts";

export interface FeedItem {
  readonly title: string;
  readonly link: string;
  /** HTML or text, as the feed has it. */
  readonly description: string;
  /** ISO 8601, UTC. */
  readonly published: string | null;
  readonly guid: string;
}

export interface Feed {
  readonly title: string;
  readonly items: readonly FeedItem[];
}

type Element = Readonly<Record<string, unknown>>;

export function parseFeed(text: string): Feed {
  const root = parseXml(text);
  if (isRecord(root["rss"])) return toRss(root["rss"]["channel"], undefined);
  if (isRecord(root["rdf:RDF"])) return toRss(root["rdf:RDF"]["channel"], root["rdf:RDF"]["item"]);
  if (isRecord(root["feed"])) return toAtom(root["feed"]);
  throw new Fault(
    "invalid_feed",
    "never",
    `the answer is not a feed: its root is <${Object.keys(root)[0] ?? ""}>`,
  );
}

/** An empty `<channel/>` arrives as text. RSS 1.0 keeps its items beside the channel. */
function toRss(channel: unknown, beside: unknown): Feed {
  const element = isRecord(channel) ? channel : {};
  const items = toElements(beside ?? element["item"]).filter(isRecord);
  return { title: toElementText(element["title"]), items: items.map(toRssItem) };
}

function toRssItem(item: Element): FeedItem {
  const link = toElementText(item["link"]);
  return {
    title: toElementText(item["title"]),
    link,
    description: toElementText(item["description"] ?? item["content:encoded"]),
    published: toIso(toElementText(item["pubDate"] ?? item["dc:date"])),
    guid: toElementText(item["guid"]) || link,
  };
}

function toAtom(feed: Element): Feed {
  const items = toElements(feed["entry"]).filter(isRecord);
  return { title: toElementText(feed["title"]), items: items.map(toAtomItem) };
}

function toAtomItem(entry: Element): FeedItem {
  const links = toElements(entry["link"]).filter(isRecord);
  const own = links.find((link) => (link["@rel"] ?? "alternate") === "alternate") ?? links[0];
  const link = String(own?.["@href"] ?? "");
  return {
    title: toElementText(entry["title"]),
    link,
    description: toElementText(entry["summary"] ?? entry["content"]),
    published: toIso(toElementText(entry["published"] ?? entry["updated"])),
    guid: toElementText(entry["id"]) || link,
  };
}

function toIso(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
