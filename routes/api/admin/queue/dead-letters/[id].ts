import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import {
  discardDeadLetter,
  replayDeadLetter,
} from "../../../../../lib/queue/mod.ts";

/** `POST` puts a job that was given up back into the queue, `DELETE` forgets it. */
export const handler = endpoint({
  POST: async (ctx) => {
    await replayDeadLetter(ctx.state.platform, ctx.params.id ?? "");
    return noContent();
  },
  DELETE: async (ctx) => {
    await discardDeadLetter(ctx.state.platform, ctx.params.id ?? "");
    return noContent();
  },
});
