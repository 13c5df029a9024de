import { endpoint, json } from "../../../../lib/http/endpoint.ts";

/** What all isolates do now, the last two minutes as far as somebody watched, the last events. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { inspector } = ctx.state.platform;
    const snapshot = await inspector.look();
    return json({
      snapshot,
      history: inspector.history,
      events: inspector.tap.recent,
    });
  },
});
