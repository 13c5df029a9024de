import {
  type Bounty,
  listBountiesOfClient,
  listBountiesOfWorker,
} from "../bounties/mod.ts";
import {
  hasEnded,
  listDisputesOf,
  listDisputesToJudge,
} from "../disputes/mod.ts";
import { listGuildsOf } from "../guilds/mod.ts";

/** Something that others rely on somebody for, with the page where it is settled. */
export interface Obstacle {
  kind: "guild" | "client" | "worker" | "dispute" | "tribunal";
  name: string;
  link: string;
}

/** Of each kind, as many as help to see what is to be done. */
const NAMED = 5;

/** What has to be handed over or finished before somebody may go; empty when nothing has. */
export async function obstaclesOf(
  kv: Deno.Kv,
  userId: string,
): Promise<Obstacle[]> {
  const [guilds, client, worker, disputes, tribunals] = await Promise.all([
    listGuildsOf(kv, userId),
    unfinished((cursor) => listBountiesOfClient(kv, userId, { cursor })),
    unfinished((cursor) => listBountiesOfWorker(kv, userId, { cursor })),
    listDisputesOf(kv, userId),
    listDisputesToJudge(kv, userId),
  ]);
  const bounty = (kind: "client" | "worker") => ({ id, title }: Bounty) => ({
    kind,
    name: title,
    link: `/bounties/${id}`,
  });
  const dispute = (
    kind: "dispute" | "tribunal",
    { items }: typeof disputes,
  ) =>
    items.filter((one) => !hasEnded(one)).slice(0, NAMED).map((one) => ({
      kind,
      name: one.bountyTitle,
      link: `/disputes/${one.id}`,
    }));
  return [
    ...guilds.filter(({ role }) => role === "owner").slice(0, NAMED).map((
      { guild },
    ) => ({
      kind: "guild" as const,
      name: guild.name,
      link: `/guilds/${guild.id}`,
    })),
    ...client.map(bounty("client")),
    ...worker.map(bounty("worker")),
    ...dispute("dispute", disputes),
    ...dispute("tribunal", tribunals),
  ];
}

/** States in which a bounty needs its client and its worker. What is only offered may be cancelled first. */
const UNFINISHED: readonly string[] = [
  "open",
  "matched",
  "accepted",
  "submitted",
];

async function unfinished(
  read: (
    cursor: string | undefined,
  ) => Promise<{ items: Bounty[]; cursor: string | null }>,
): Promise<Bounty[]> {
  const found: Bounty[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    found.push(...page.items.filter(({ state }) => UNFINISHED.includes(state)));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && found.length < NAMED);
  return found.slice(0, NAMED);
}
