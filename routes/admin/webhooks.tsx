import { type Context, page } from "fresh";
import { z } from "zod";
import {
  WebhooksPage,
  type WebhooksPageProps,
} from "../../components/admin/WebhooksPage.tsx";
import { parseFields } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { requireUser } from "../../lib/http/session.ts";
import { readerOf } from "../../lib/i18n/mod.ts";
import {
  formFailure,
  orErrorPage,
  readForm,
  readFrame,
  seeOther,
} from "../../lib/pages/mod.ts";
import { discardDeadLetter, replayDeadLetter } from "../../lib/queue/mod.ts";
import {
  addEndpoint,
  NewEndpoint,
  readWebhooks,
  removeEndpoint,
  requireDeadDelivery,
} from "../../lib/realtime/inspect_webhooks.ts";
import { WEBHOOK_TYPES } from "../../lib/realtime/webhooks.ts";

/** What a post may have done, told by the page it leads to. */
const DONE = ["added", "removed", "replayed", "discarded"] as const;

const Deed = z.object({
  do: z.enum(["test", "remove", "replay", "discard"]),
  id: z.string().min(1).max(128),
});

export const handler = define.handlers({
  GET: async (ctx) => page(await readPage(ctx, {})),
  async POST(ctx) {
    const form = await readForm(ctx.req);
    if (form.get("do") === "add") return await add(ctx, form);
    return await orErrorPage(async () => {
      const { platform } = ctx.state;
      const deed = parseFields(Deed, Object.fromEntries(form));
      switch (deed.do) {
        case "test": {
          const tested = await platform.realtime.webhooks.test(deed.id);
          return page(await readPage(ctx, { tested }));
        }
        case "remove":
          await removeEndpoint(platform, deed.id);
          return done("removed");
        case "replay":
          await requireDeadDelivery(platform, deed.id);
          await replayDeadLetter(platform, deed.id);
          return done("replayed");
        case "discard":
          await requireDeadDelivery(platform, deed.id);
          await discardDeadLetter(platform, deed.id);
          return done("discarded");
      }
    });
  },
});

async function add(ctx: Context<State>, form: FormData) {
  const chosen = form.getAll("types").map(String);
  try {
    const given = parseFields(NewEndpoint, {
      url: form.get("url"),
      types: chosen,
    });
    await addEndpoint(ctx.state.platform, given);
    return done("added");
  } catch (error) {
    const failure = formFailure(error, form);
    return page(await readPage(ctx, { failure, chosen }), {
      status: failure.status,
    });
  }
}

const done = (what: typeof DONE[number]) =>
  seeOther(`/admin/webhooks?done=${what}`);

async function readPage(
  ctx: Context<State>,
  given: Partial<WebhooksPageProps>,
): Promise<WebhooksPageProps> {
  const { platform, user } = ctx.state;
  const what = DONE.find((one) => one === ctx.url.searchParams.get("done"));
  const { t } = readerOf(user, null, platform.now);
  const [frame, overview] = await Promise.all([
    readFrame(ctx, requireUser(ctx)),
    orErrorPage(() => readWebhooks(platform)),
  ]);
  return {
    frame,
    overview,
    failure: null,
    chosen: [...WEBHOOK_TYPES],
    flash: what ? t(`admin.hooks.${what}`) : null,
    tested: null,
    ...given,
  };
}

export default define.page<typeof handler>(({ data }) => (
  <WebhooksPage {...data} />
));
