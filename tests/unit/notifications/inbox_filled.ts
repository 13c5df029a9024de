import { sendNotification } from "../../../lib/notifications/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";

export const joined = (n: number | string) => ({
  type: "guild_member_joined" as const,
  data: {
    guildId: `g${n}`,
    guildName: "Lantern",
    userId: `u${n}`,
    userHandle: `user-${n}`,
    userName: `User ${n}`,
  },
});

export async function filled(deps: TestDeps, count: number) {
  const owner = await deps.addUser("ada");
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    deps.clock.advance(1_000);
    const { notification } = await sendNotification(deps, {
      userId: "ada",
      ...joined(n),
    });
    ids.push(notification!.id);
  }
  return { owner, ids };
}
