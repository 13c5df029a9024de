import { page } from "fresh";
import { z } from "zod";
import {
  SearchPage,
  type SearchProps,
} from "../components/search/SearchPage.tsx";
import { readQuery } from "../lib/http/body.ts";
import { define } from "../lib/http/define.ts";
import { readFrame, toSignIn } from "../lib/pages/mod.ts";
import { search, SEARCH_KINDS } from "../lib/search/mod.ts";
import { getUsers } from "../lib/users/mod.ts";

const PAGE = 20;

const Query = z.object({
  q: z.string().trim().transform((q) => q.slice(0, 200)).catch(""),
  kind: z.enum(SEARCH_KINDS).nullable().catch(null),
  cursor: z.coerce.number().int().min(0).max(1_000).catch(0),
});

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const { q, kind, cursor } = readQuery(ctx.url, Query);
    const [frame, found] = await Promise.all([
      readFrame(ctx, user),
      search(platform.kv, user.id, {
        q,
        kind: kind ?? undefined,
        cursor,
        limit: PAGE,
      }),
    ]);
    const people = await getUsers(
      platform.kv,
      found.hits.filter((hit) => hit.kind === "user").map((hit) => hit.id),
    );
    const pictures = Object.fromEntries(
      people.flatMap(({ id, picture }) => picture ? [[id, picture]] : []),
    );
    return page<SearchProps>({ frame, q, kind, cursor, found, pictures });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <SearchPage {...data} />
));
