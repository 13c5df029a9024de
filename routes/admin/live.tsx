import { type Context, page } from "fresh";
import { AdminPage } from "../../components/admin/AdminPage.tsx";
import {
  LiveView,
  type LiveViewProps,
} from "../../components/admin/LiveView.tsx";
import { LIVE_ID } from "../../components/admin/live_id.ts";
import AdminLive from "../../islands/AdminLive.tsx";
import { parseFields } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { requireUser } from "../../lib/http/session.ts";
import { readerOf, usePageReader } from "../../lib/i18n/mod.ts";
import {
  formFailure,
  type Frame,
  orErrorPage,
  readForm,
  readFrame,
} from "../../lib/pages/mod.ts";
import {
  publishTest,
  Termination,
  TestEvent,
} from "../../lib/realtime/inspect_actions.ts";

interface Data {
  frame: Frame;
  live: LiveViewProps;
}

const TRY = {
  channel: "nexora-test",
  event: "hello",
  data: '{ "hello": "world" }',
};

export const handler = define.handlers({
  GET: async (ctx) => page(await readLive(ctx, TRY, null)),
  /** Without scripts: the page again, with how it went. */
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const fields = Object.fromEntries(form);
    const { platform } = ctx.state;
    const { t } = readerOf(ctx.state.user, null, platform.now);
    if (fields.do === "terminate") {
      return await orErrorPage(async () => {
        const { userId } = parseFields(Termination, fields);
        await platform.realtime.terminate(userId);
        return page(
          await readLive(
            ctx,
            TRY,
            null,
            t("admin.users.ended", { name: userId }),
          ),
        );
      });
    }
    try {
      const given = parseFields(TestEvent, fields);
      const { subscribers } = await publishTest(
        platform,
        requireUser(ctx),
        given,
      );
      const message = t("admin.publish.done", { count: subscribers });
      return page(
        await readLive(ctx, given, { tone: "good", message, fields: {} }),
      );
    } catch (error) {
      const { message, fields, values, status } = formFailure(error, form);
      return page(
        await readLive(
          ctx,
          { ...TRY, ...values },
          {
            tone: "bad",
            message: Object.keys(fields).length > 0
              ? t("admin.check")
              : message,
            fields,
          },
        ),
        { status },
      );
    }
  },
});

async function readLive(
  ctx: Context<State>,
  { channel, event, data }: LiveViewProps["values"],
  outcome: LiveViewProps["outcome"],
  flash: string | null = null,
): Promise<Data & { flash: string | null }> {
  const { inspector } = ctx.state.platform;
  const [frame, snapshot] = await Promise.all([
    readFrame(ctx, requireUser(ctx)),
    orErrorPage(() => inspector.look()),
  ]);
  return {
    frame,
    flash,
    live: {
      snapshot,
      history: [...inspector.history],
      events: [...inspector.tap.recent],
      values: { channel, event, data },
      outcome,
    },
  };
}

export default define.page<typeof handler>(({ data }) => <Live {...data} />);

function Live({ frame, live, flash }: Data & { flash: string | null }) {
  const { t } = usePageReader();
  return (
    <AdminPage
      frame={frame}
      title={t("admin.live")}
      about={t("admin.liveAbout")}
      flash={flash}
    >
      <div id={LIVE_ID}>
        <LiveView {...live} />
      </div>
      <AdminLive {...live} />
    </AdminPage>
  );
}
