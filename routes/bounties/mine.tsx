import { page } from "fresh";
import {
  MyBounties,
  type MyBountiesProps,
  type Part,
  PARTS,
} from "../../components/bounties/MyBounties.tsx";
import {
  BountyQuery,
  listBountiesForGuilds,
  listBountiesOfClient,
  listBountiesOfWorker,
} from "../../lib/bounties/mod.ts";
import { listGuildsOf } from "../../lib/guilds/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import {
  nameBounties,
  orErrorPage,
  readFlash,
  readFrame,
  toSignIn,
} from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const { cursor } = parseFields(BountyQuery, {
        cursor: ctx.url.searchParams.get("cursor") ?? undefined,
      });
      const asked = ctx.url.searchParams.get("part");
      const part = PARTS.find((one) => one === asked) ?? "posted";
      const [frame, found] = await Promise.all([
        readFrame(ctx, user),
        listPart(platform.kv, part, user.id, cursor),
      ]);
      return page<MyBountiesProps>({
        frame,
        part,
        rows: await nameBounties(platform.kv, found.items),
        cursor: found.cursor,
        flash: readFlash(ctx),
      });
    });
  },
});

async function listPart(
  kv: Deno.Kv,
  part: Part,
  userId: string,
  cursor?: string,
) {
  switch (part) {
    case "posted":
      return await listBountiesOfClient(kv, userId, { cursor });
    case "work":
      return await listBountiesOfWorker(kv, userId, { cursor });
    case "proposed": {
      const led = (await listGuildsOf(kv, userId))
        .filter(({ role }) => role !== "member")
        .map(({ guild }) => guild.id);
      return await listBountiesForGuilds(kv, led, { cursor });
    }
  }
}

export default define.page<typeof handler>(({ data }) => (
  <MyBounties {...data} />
));
