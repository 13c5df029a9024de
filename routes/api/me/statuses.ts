import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { listStatuses, listWatched } from "../../../lib/status/mod.ts";

/** How those with whom one has a conversation can be reached. */
export const handler = endpoint({
  async GET(ctx) {
    const { id } = requireUser(ctx);
    const { platform } = ctx.state;
    const people = await listWatched(platform, id);
    return json({ statuses: await listStatuses(platform, people) });
  },
});
