import { z } from "zod";
import {
  type Bounty,
  getBounty,
  MATCH_KIND,
  matchBounty,
} from "../../bounties/mod.ts";
import { getGuild } from "../../guilds/mod.ts";
import { asks, notifyJob } from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import type { NewJob, Queue } from "../../queue/types.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { ensurePrepared } from "../matching/jobs.ts";
import type { Agent } from "../told.ts";
import type { Proposal } from "./types.ts";

const Payload = z.object({ bountyId: z.string() });

/** Owner and officers of a guild who are told of a bounty that suits it. */
const OFFICERS = 10;

export type Matchmaker = Agent<Bounty, Proposal>;

/** Registers the handler of `match-bounty`, which comes with every bounty that opens; before `queue.start()`. */
export function registerMatchmaker(
  queue: Queue,
  deps: Pick<Deps, "kv" | "now" | "newId" | "log" | "queue"> & {
    embedder: Embedder | null;
  },
  matchmaker: Matchmaker,
): void {
  queue.handle(MATCH_KIND, async (job, signal) => {
    const { bountyId } = Payload.parse(job.payload);
    const bounty = await getBounty(deps.kv, bountyId);
    // It has gone on without us, or was never opened.
    if (bounty?.state !== "open" && bounty?.state !== "matched") return;
    await ensurePrepared(deps, signal);
    const { value } = await matchmaker.ask(bounty, signal);
    const jobs = await tellings(deps.kv, bounty, value);
    if (value.guilds.length > 0) {
      const matches = value.guilds.map(({ name: _, ...match }) => match);
      // Proposals and notifications are one commit; `null`: the bounty was taken or withdrawn meanwhile.
      await matchBounty(deps, bountyId, matches, jobs);
    } else if (jobs.length > 0) {
      await deps.queue.enqueue(...jobs);
    }
  });
}

/**
 * The notifications: each guild's owner and officers hear why it suits their guild, people whose skills fit hear why it
 * suits them; nobody twice, however often this runs, and the client not at all.
 */
async function tellings(
  kv: Deno.Kv,
  bounty: Bounty,
  { guilds, people }: Proposal,
): Promise<NewJob[]> {
  const told = new Set([bounty.clientId]);
  const fresh = (ids: string[]) =>
    ids.filter((id) => !told.has(id) && told.add(id));
  const about = {
    bountyId: bounty.id,
    bountyTitle: bounty.title.slice(0, 200),
    reward: bounty.reward,
  };
  // One key for all reasons: whoever is an officer and skilled, too, gets one notification.
  const key = `bounty-match:${bounty.id}`;
  const ask = asks.takeBounty(bounty.id);
  const jobs: NewJob[] = [];
  for (const { guildId, name, reasons } of guilds) {
    const guild = await getGuild(kv, guildId);
    if (guild === null) continue;
    const userIds = fresh([
      guild.ownerId,
      ...guild.officerIds.filter((id) => id !== guild.ownerId),
    ].slice(0, OFFICERS));
    if (userIds.length === 0) continue;
    const reason = `For ${name}: ${reasons[0]}`.slice(0, 200);
    jobs.push(notifyJob({
      userIds,
      type: "bounty_matched",
      data: { ...about, reason },
      key,
      ask,
    }));
  }
  // People with the same reason share a job: a commit has room for a few jobs, not for one a person.
  const byReason = new Map<string, string[]>();
  for (const { userId, reason } of people) {
    const [id] = fresh([userId]);
    if (id) byReason.set(reason, [...byReason.get(reason) ?? [], id]);
  }
  for (const [reason, userIds] of byReason) {
    jobs.push(notifyJob({
      userIds,
      type: "bounty_matched",
      data: { ...about, reason },
      key,
      ask,
    }));
  }
  return jobs;
}
