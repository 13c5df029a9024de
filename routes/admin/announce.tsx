import { type Context, page } from "fresh";
import {
  AnnouncePage,
  type AnnounceProps,
} from "../../components/admin/AnnouncePage.tsx";
import { parseFields } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { requireUser } from "../../lib/http/session.ts";
import {
  announce,
  listAnnouncements,
  NewAnnouncement,
} from "../../lib/notifications/mod.ts";
import {
  type FormFailure,
  formFailure,
  readFlash,
  readForm,
  readFrame,
  seeOther,
  withFlash,
} from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET: async (ctx) => page(await readPage(ctx, null)),
  async POST(ctx) {
    const form = await readForm(ctx.req);
    try {
      const given = parseFields(NewAnnouncement, Object.fromEntries(form));
      await announce(ctx.state.platform, requireUser(ctx), given);
      return seeOther(withFlash("/admin/announce", "announce.sent"));
    } catch (error) {
      const failure = formFailure(error, form);
      return page(await readPage(ctx, failure), { status: failure.status });
    }
  },
});

async function readPage(
  ctx: Context<State>,
  failure: FormFailure | null,
): Promise<AnnounceProps> {
  const [frame, past] = await Promise.all([
    readFrame(ctx, requireUser(ctx)),
    listAnnouncements(ctx.state.platform),
  ]);
  return { frame, past, failure, flash: readFlash(ctx) };
}

export default define.page<typeof handler>(({ data }) => (
  <AnnouncePage {...data} />
));
