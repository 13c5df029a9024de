/** The world in which something is asked of people, and how they see it. */
import { assert } from "@std/assert";
import { postBounty } from "../../../../lib/bounties/mod.ts";
import { DAY } from "../../../../lib/clock.ts";
import { registerDisputeJobs } from "../../../../lib/disputes/mod.ts";
import {
  createGuild,
  joinGuild,
  registerGuildJobs,
  setRole,
  updateGuild,
} from "../../../../lib/guilds/mod.ts";
import {
  getNotifications,
  markAllNotificationsRead,
  type NotificationType,
} from "../../../../lib/notifications/mod.ts";
import { WORK } from "../../bounties/stage.ts";
import { type DeliveryWorld, openDelivery } from "../delivery_support.ts";

export const admin = { id: "root", role: "admin" as const };

/** An isolate that delivers, with everything that asks. */
export const open = (given: Parameters<typeof openDelivery>[0] = {}) =>
  openDelivery({
    ...given,
    register(deps) {
      registerDisputeJobs(deps.queue, deps);
      registerGuildJobs(deps.queue, deps);
    },
  });

/** A guild of Ada's with the officer Bob; Carl is a client outside. */
export async function openWorld(deps: DeliveryWorld) {
  const old = { createdAt: deps.now() - 60 * DAY, lastActiveAt: deps.now() };
  const [ada, bob, carl] = [
    await deps.addUser("ada", old),
    await deps.addUser("bob", old),
    await deps.addUser("carl", old),
  ];
  const guild = await createGuild(deps, ada, {
    name: "Lantern",
    description: "",
    open: true,
  });
  await joinGuild(deps, guild.id, bob);
  await setRole(deps, ada, guild.id, "bob", "officer");
  await updateGuild(deps, ada, guild.id, { open: false });
  await deps.run();
  for (const id of ["ada", "bob", "carl"]) {
    await markAllNotificationsRead(deps, id);
  }
  return { ada, bob, carl, guild };
}
export type World = Awaited<ReturnType<typeof openWorld>>;

export async function posted(deps: DeliveryWorld, { carl }: World) {
  return await postBounty(deps, carl, {
    ...WORK,
    deadline: deps.now() + 5 * DAY,
    open: true,
  });
}

/** What is asked, and each way in which that ends: who sees it how afterwards. */
export interface Case {
  type: NotificationType;
  /** Asks; returns what the thing is called in `settle`. */
  // deno-lint-ignore no-explicit-any
  ask: (deps: DeliveryWorld, world: World) => Promise<any>;
  ends: Record<
    string,
    {
      // deno-lint-ignore no-explicit-any
      settle: (deps: DeliveryWorld, world: World, it: any) => Promise<unknown>;
      /** Outcome by person; `juror` is the first one drawn. */
      seen: Record<string, string>;
      /** Who is asked as before. */
      open?: string[];
    }
  >;
}

export async function noteOf(deps: DeliveryWorld, id: string, type: string) {
  const owner = { id, locale: "en", timeZone: "UTC" };
  const all = (await Promise.all(
    (["all", "archived"] as const).map((filter) =>
      getNotifications(deps, owner, { filter })
    ),
  )).flatMap(({ notifications }) => notifications);
  const note = all.find((one) => one.type === type);
  assert(note, `${id} was told of ${type}`);
  return { owner, note };
}
