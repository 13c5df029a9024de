import { mayBounty } from "../auth/mod.ts";
import {
  allows,
  type Bounty,
  type BountyStep,
  getVisibleBounty,
  isOverdue,
  listBountySteps,
} from "../bounties/mod.ts";
import { DISPUTABLE } from "../disputes/mod.ts";
import {
  getGuild,
  getMembership,
  type GuildRole,
  listGuildsOf,
} from "../guilds/mod.ts";
import type { Platform } from "../platform.ts";
import {
  formatPosition,
  GLOBAL_CHANNEL,
  guildChannel,
  userChannel,
} from "../realtime/mod.ts";
import { getUsers, type User } from "../users/mod.ts";

/** Somebody named on a page. */
export type Named = Pick<User, "id" | "handle" | "name">;

/** A guild named on a page. */
export interface NamedGuild {
  id: string;
  name: string;
}

/** A bounty with everybody named in it, and what the reader can do now. */
export interface BountyView {
  bounty: Bounty;
  /** `null`: their account is gone. */
  client: Named | null;
  worker: Named | null;
  guild: NamedGuild | null;
  /** Best first; guilds that are gone are left out. */
  matches: (NamedGuild & { score: number; reasons: string[] })[];
  /** The latest first. */
  steps: (BountyStep & { actor: Named | null })[];
  overdue: boolean;
  can: {
    edit: boolean;
    open: boolean;
    submit: boolean;
    review: boolean;
    cancel: boolean;
    dispute: boolean;
    /** Guilds that the reader may accept it for. */
    acceptFor: NamedGuild[];
  };
  /** The room of the dispute that is or was about it, for its parties. */
  disputeLink: string | null;
  /** Why somebody who leads guilds cannot accept it for any of them. */
  conflict: boolean;
}

/** Reads a bounty's page for somebody: a bounded number of rows. @throws {NexoraError} `not_found` */
export async function readBountyView(
  { kv, now }: Pick<Platform, "kv" | "now">,
  reader: User,
  bountyId: string,
): Promise<BountyView> {
  const bounty = await getVisibleBounty(kv, reader, bountyId);
  const overdue = isOverdue(bounty, now());
  const toBeHad = allows(bounty, "accept") && !overdue &&
    reader.id !== bounty.clientId;
  const [steps, guild, role, led, matches] = await Promise.all([
    listBountySteps(kv, bountyId),
    bounty.guildId === null ? null : getGuild(kv, bounty.guildId),
    bounty.guildId === null
      ? null
      : getMembership(kv, bounty.guildId, reader.id),
    toBeHad ? ledGuilds(kv, reader.id, bounty.clientId) : [],
    Promise.all(bounty.matches.map(async ({ guildId, score, reasons }) => {
      const found = await getGuild(kv, guildId);
      return found ? [{ id: found.id, name: found.name, score, reasons }] : [];
    })),
  ]);
  const people = new Map(
    (await getUsers(kv, [
      bounty.clientId,
      ...bounty.workerId === null ? [] : [bounty.workerId],
      ...steps.flatMap(({ actorId }) => actorId ?? []),
    ])).map(({ id, handle, name }) => [id, { id, handle, name }]),
  );
  const who = (id: string | null) =>
    id === null ? null : people.get(id) ?? null;
  const standing = { bounty, role: role?.role ?? null };
  const may = (
    right: Parameters<typeof mayBounty>[1],
    verb: Parameters<typeof allows>[1],
  ) => mayBounty(reader, right, standing) && allows(bounty, verb);
  return {
    bounty,
    client: who(bounty.clientId),
    worker: who(bounty.workerId),
    guild: guild && { id: guild.id, name: guild.name },
    matches: matches.flat(),
    steps: steps.map((step) => ({ ...step, actor: who(step.actorId) })),
    overdue,
    can: {
      edit: may("edit", "edit"),
      open: may("edit", "open"),
      submit: may("submit", "submit") && !overdue,
      review: may("review", "approve"),
      cancel: may("cancel", "cancel"),
      dispute: may("dispute", "dispute") &&
        (bounty.endedAt === null || bounty.endedAt + DISPUTABLE > now()),
      acceptFor: led.filter(({ withClient }) => !withClient)
        .map(({ id, name }) => ({ id, name })),
    },
    disputeLink: bounty.disputeId !== null &&
        mayBounty(reader, "dispute", standing)
      ? `/disputes/${bounty.disputeId}`
      : null,
    conflict: led.length > 0 && led.every(({ withClient }) => withClient),
  };
}

/**
 * The channels on which a reader hears of a bounty, with the position each has now. Read it before the view: what comes
 * after is then told, and nothing is missed.
 *
 * @throws {NexoraError} `not_found`
 */
export async function readBountyChannels(
  { kv, log }: Pick<Platform, "kv" | "log">,
  reader: User,
  bountyId: string,
): Promise<Record<string, string>> {
  const { clientId, workerId, guildId } = await getVisibleBounty(
    kv,
    reader,
    bountyId,
  );
  const channels = [GLOBAL_CHANNEL];
  if (reader.id === clientId || reader.id === workerId) {
    channels.push(userChannel(reader.id));
  } else if (guildId && await getMembership(kv, guildId, reader.id)) {
    channels.push(guildChannel(guildId));
  }
  const heads = await log.heads(channels);
  return Object.fromEntries(
    [...heads].map(([name, head]) => [name, formatPosition(head)]),
  );
}

/** The guilds that somebody leads, and whether the client is in them. */
async function ledGuilds(
  kv: Deno.Kv,
  userId: string,
  clientId: string,
): Promise<(NamedGuild & { withClient: boolean })[]> {
  const leads = (role: GuildRole) => role !== "member";
  const led = (await listGuildsOf(kv, userId)).filter(({ role }) =>
    leads(role)
  );
  return await Promise.all(led.map(async ({ guild }) => ({
    id: guild.id,
    name: guild.name,
    withClient: await getMembership(kv, guild.id, clientId) !== null,
  })));
}
