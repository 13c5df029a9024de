import { acceptBounty, postBounty } from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import {
  type Dispute,
  getDispute,
  raiseDispute,
  registerDisputeJobs,
} from "../../../lib/disputes/mod.ts";
import { createGuild, type Guild } from "../../../lib/guilds/mod.ts";
import { registerNotificationJobs } from "../../../lib/notifications/mod.ts";
import { registerUserJobs, type User } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../users/open_deps.ts";

export interface Court extends AsyncDisposable {
  deps: TestDeps;
  /** Posted the bounty. */
  client: User;
  /** Works on it, owner of the guild. */
  worker: User;
  guild: Guild;
  admin: User;
  bountyId: string;
  /** People without a stake. */
  crowd: User[];
  /** The dispute as it is now. */
  now(): Promise<Dispute>;
  dispute: Dispute;
}

export interface CourtOptions {
  /** People who can be drawn. */
  crowd?: number;
  /** Run the jobs that changes cause. */
  jobs?: boolean;
}

/** A bounty at work that its client disputes, and people to judge it. */
export async function openCourt(
  { crowd = 12, jobs = true }: CourtOptions = {},
): Promise<Court> {
  const deps = await openDeps();
  if (jobs) startJobs(deps);
  const old = deps.now() - 60 * DAY;
  const person = (handle: string, given: Partial<User> = {}) =>
    deps.addUser(handle, {
      createdAt: old,
      lastActiveAt: deps.now(),
      ...given,
    });
  const client = await person("carl");
  const worker = await person("wanda");
  const admin = await person("root", { role: "admin" });
  const people: User[] = [];
  for (let i = 0; i < crowd; i++) people.push(await person(`person-${i}`));
  const guild = await createGuild(deps, worker, {
    name: "Lantern",
    description: "",
    skills: undefined,
    open: true,
  });
  const { id: bountyId } = await postBounty(deps, client, {
    title: "Light the pier",
    description: "Twelve lanterns along the old pier.",
    category: "engineering",
    skills: [],
    reward: 100,
    deadline: null,
    open: true,
  });
  await acceptBounty(deps, worker, bountyId, guild.id);
  const dispute = await raiseDispute(
    deps,
    client,
    bountyId,
    "Nothing has come of it for two weeks",
    "device",
  );
  return {
    deps,
    client,
    worker,
    guild,
    admin,
    bountyId,
    crowd: people,
    dispute,
    now: async () => (await getDispute(deps.kv, dispute.id))!,
    [Symbol.asyncDispose]: () => deps[Symbol.asyncDispose](),
  };
}

export function startJobs(deps: TestDeps): void {
  registerNotificationJobs(deps.queue, deps);
  registerUserJobs(deps.queue, deps);
  registerDisputeJobs(deps.queue, deps);
  deps.queue.start();
}
