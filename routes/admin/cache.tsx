import { type Context, page } from "fresh";
import {
  CachePage,
  type CachePageProps,
} from "../../components/admin/CachePage.tsx";
import { purgeCache, readCache } from "../../lib/cache/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { PurgeRequest } from "../../lib/http/cache_forms.ts";
import { define, type State } from "../../lib/http/define.ts";
import { requireUser } from "../../lib/http/session.ts";
import { readerOf } from "../../lib/i18n/mod.ts";
import {
  formFailure,
  readForm,
  readFrame,
  seeOther,
} from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET: async (ctx) => page(await readPage(ctx, {})),
  async POST(ctx) {
    const form = await readForm(ctx.req);
    try {
      const purge = parseFields(PurgeRequest, Object.fromEntries(form));
      await purgeCache(ctx.state.platform.cache, purge);
      return seeOther("/admin/cache?done=purged");
    } catch (error) {
      const failure = formFailure(error, form);
      return page(await readPage(ctx, { failure }), {
        status: failure.status,
      });
    }
  },
});

async function readPage(
  ctx: Context<State>,
  given: Partial<CachePageProps>,
): Promise<CachePageProps> {
  const { platform, user } = ctx.state;
  const { t } = readerOf(user, null, platform.now);
  return {
    frame: await readFrame(ctx, requireUser(ctx)),
    cache: readCache(platform.cache),
    failure: null,
    flash: ctx.url.searchParams.get("done") === "purged"
      ? t("admin.cache.purged")
      : null,
    ...given,
  };
}

export default define.page<typeof handler>(({ data }) => (
  <CachePage
    {...data}
  />
));
