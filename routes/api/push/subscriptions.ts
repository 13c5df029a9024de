import { z } from "zod";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json, noContent } from "../../../lib/http/endpoint.ts";
import { caller, requireUser } from "../../../lib/http/session.ts";
import {
  addSubscription,
  endpointHash,
  liveSubscriptions,
  NewSubscription,
  removeSubscription,
} from "../../../lib/notifications/mod.ts";

const Body = z.object({
  subscription: NewSubscription,
  /** Endpoint that this browser had before. */
  replaces: z.string().max(1_000).optional(),
});
const Ended = z.object({ endpoint: z.string().max(1_000) });

export const handler = endpoint({
  /** The browsers that get somebody's push messages as things are: a browser may believe so when it does not any more. */
  async GET(ctx) {
    const user = requireUser(ctx);
    const live = await liveSubscriptions(ctx.state.platform, user.id);
    return json({
      subscriptions: live.map(({ hash, userAgent, createdAt }) => ({
        id: hash,
        userAgent,
        createdAt,
      })),
    });
  },
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const { subscription, replaces } = await readBody(ctx.req, Body);
    const { hash, createdAt } = await addSubscription(
      platform,
      user.id,
      subscription,
      {
        userAgent: caller(ctx).userAgent,
        production: platform.config.production,
        tokenHash: ctx.state.session?.tokenHash,
        replaces,
      },
    );
    return json({ subscription: { id: hash, createdAt } }, { status: 201 });
  },
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const { endpoint } = await readBody(ctx.req, Ended);
    const hash = endpointHash(endpoint);
    await removeSubscription(ctx.state.platform, user.id, hash);
    return noContent();
  },
});
