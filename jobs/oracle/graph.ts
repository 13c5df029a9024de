import type { Activity } from "../../lib/activity/mod.ts";

export interface GraphNode {
  id: string;
  kind: "person" | "guild" | "device";
  /** Named by the case, in contrast to those that its people dealt with. */
  subject: boolean;
}

export interface GraphLink {
  from: string;
  to: string;
  /** Activities that it stands for. */
  count: number;
  /** The most frequent kind of these. */
  kind: Activity["kind"];
}

export interface CaseGraph {
  nodes: GraphNode[];
  links: GraphLink[];
  /** People left out because a picture of so many tells nothing. */
  hidden: number;
}

const MOST_NODES = 24;

/**
 * Who dealt with whom in a case's evidence: people, and the guilds and devices that at least two of its subjects have in
 * common. The busiest are kept, subjects first.
 */
export function caseGraph(
  subjects: readonly string[],
  activity: readonly Activity[],
): CaseGraph {
  const named = new Set(subjects);
  const links = new Map<string, GraphLink & { kinds: Map<string, number> }>();
  const degree = new Map<string, number>(subjects.map((id) => [id, 0]));
  const kinds = new Map<string, GraphNode["kind"]>();
  const sharers = new Map<string, Set<string>>();
  for (const a of activity) {
    for (
      const [prefix, id] of [["device", a.device], [
        "guild",
        a.guildId,
      ]] as const
    ) {
      if (id === null || !named.has(a.actorId)) continue;
      const key = `${prefix}:${id}`;
      const users = sharers.get(key) ?? new Set();
      sharers.set(key, users.add(a.actorId));
    }
  }
  const tie = (from: string, to: string, kind: Activity["kind"]) => {
    const key = `${from}\n${to}`;
    const link = links.get(key) ??
      { from, to, count: 0, kind, kinds: new Map() };
    link.count++;
    link.kinds.set(kind, (link.kinds.get(kind) ?? 0) + 1);
    links.set(key, link);
    degree.set(from, (degree.get(from) ?? 0) + 1);
    degree.set(to, (degree.get(to) ?? 0) + 1);
  };
  // Where people dealt with each other, what they have in common adds nothing but lines.
  const pairs = new Set(
    activity.filter((a) => named.has(a.counterpartyId ?? ""))
      .map((a) => `${a.actorId}\n${a.counterpartyId}`),
  );
  const apart = pairs.size < subjects.length - 1;
  for (const a of activity) {
    kinds.set(a.actorId, "person");
    if (a.counterpartyId !== null && a.counterpartyId !== a.actorId) {
      kinds.set(a.counterpartyId, "person");
      tie(a.actorId, a.counterpartyId, a.kind);
      continue;
    }
    if (!apart) continue;
    // Without another person, what people have in common is what ties them.
    for (
      const [prefix, id] of [["device", a.device], [
        "guild",
        a.guildId,
      ]] as const
    ) {
      const key = `${prefix}:${id}`;
      if (id === null || (sharers.get(key)?.size ?? 0) < 2) continue;
      if (!named.has(a.actorId)) continue;
      kinds.set(key, prefix);
      tie(a.actorId, key, a.kind);
    }
  }
  const ranked = [...degree].sort(([a, x], [b, y]) =>
    Number(named.has(b)) - Number(named.has(a)) || y - x || (a < b ? -1 : 1)
  );
  const kept = new Set(ranked.slice(0, MOST_NODES).map(([id]) => id));
  return {
    nodes: ranked.slice(0, MOST_NODES).map(([id]) => ({
      id,
      kind: kinds.get(id) ?? "person",
      subject: named.has(id),
    })),
    links: [...links.values()]
      .filter((l) => kept.has(l.from) && kept.has(l.to))
      .map(({ kinds, ...link }) => ({
        ...link,
        kind: [...kinds].sort(([, x], [, y]) => y - x)[0]![0] as Activity[
          "kind"
        ],
      })),
    hidden: ranked.length - kept.size,
  };
}
