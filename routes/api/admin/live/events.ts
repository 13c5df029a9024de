import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import {
  publishTest,
  TestEvent,
} from "../../../../lib/realtime/inspect_actions.ts";

/** Publishes a test event: `{channel, event, data}`, `data` being JSON text. */
export const handler = endpoint({
  POST: async (ctx) => {
    const given = await readBody(ctx.req, TestEvent);
    return json(
      await publishTest(ctx.state.platform, requireUser(ctx), given),
      { status: 201 },
    );
  },
});
