import { page } from "fresh";
import {
  BountyList,
  type BountyListProps,
  type Tab,
  TABS,
} from "../../components/bounties/BountyList.tsx";
import {
  BountyQuery,
  type BountyState,
  listBounties,
} from "../../lib/bounties/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import {
  nameBounties,
  orErrorPage,
  readFlash,
  readFrame,
  toSignIn,
} from "../../lib/pages/mod.ts";

const STATES: Record<Tab, readonly BountyState[] | undefined> = {
  available: ["open", "matched"],
  work: ["accepted", "submitted"],
  completed: ["completed"],
  all: undefined,
};

export const handler = define.handlers({
  GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const given = Object.fromEntries(ctx.url.searchParams);
      const { category, skill, q, cursor } = parseFields(BountyQuery, {
        category: given.category,
        skill: given.skill,
        q: given.q,
        cursor: given.cursor,
      });
      const tab = TABS.find((one) => one === given.tab) ?? "available";
      const [frame, found] = await Promise.all([
        readFrame(ctx, user),
        listBounties(platform.kv, {
          category,
          skill: skill || undefined,
          q,
          cursor,
          states: STATES[tab],
        }),
      ]);
      return page<BountyListProps>({
        frame,
        rows: await nameBounties(platform.kv, found.items),
        cursor: found.cursor,
        tab,
        category: category ?? null,
        skill: skill || null,
        q: q ?? "",
        flash: readFlash(ctx),
      });
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <BountyList {...data} />
));
