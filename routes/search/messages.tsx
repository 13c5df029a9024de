import { page } from "fresh";
import { z } from "zod";
import {
  MessageSearch,
  type MessageSearchProps,
} from "../../components/search/MessageSearch.tsx";
import { readQuery } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import { NexoraError } from "../../lib/errors.ts";
import { searchMessages } from "../../lib/messages/mod.ts";
import { readFrame, toSignIn } from "../../lib/pages/mod.ts";

const PAGE = 25;

const Query = z.object({
  q: z.string().transform((q) => q.slice(0, 200)).catch(""),
  cursor: z.string().max(60_000).optional().catch(undefined),
});

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const { q, cursor } = readQuery(ctx.url, Query);
    const frame = await readFrame(ctx, user);
    const props: MessageSearchProps = {
      frame,
      q,
      found: null,
      failure: null,
      first: cursor === undefined,
    };
    if (q.trim() === "") return page(props);
    try {
      const found = await searchMessages(platform, user, {
        q,
        cursor,
        limit: PAGE,
      });
      return page({ ...props, found });
    } catch (error) {
      // A filter that was mistyped is told beside the field.
      if (!(error instanceof NexoraError) || error.status >= 500) throw error;
      const failure = Object.values(error.fields ?? {})[0] ?? error.message;
      return page({ ...props, failure }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <MessageSearch {...data} />
));
