import type { Context } from "../context.ts";
import type { MaybeLazyMiddleware, Middleware } from "../types.ts";

/**
 * Runs middlewares, each with `ctx.next()` for the following one.
 *
 * @param steps A lazy middleware is replaced here by what it loads
 * @param ctx The request
 * @param index Where to start
 * @param end What `ctx.next()` is for the last one
 */
export async function runSteps<State>(
  steps: MaybeLazyMiddleware<State>[],
  ctx: Context<State>,
  index = 0,
  end: () => Promise<Response> = ctx.next,
): Promise<Response> {
  if (index >= steps.length) return end();
  const outer = ctx.next;
  const following = index + 1;
  ctx.next = following < steps.length
    ? () => runSteps(steps, ctx, following, end)
    : end;
  try {
    let result = await steps[index]!(ctx);
    if (typeof result === "function") {
      steps[index] = result;
      result = await result(ctx);
    }
    if (!(result instanceof Response)) {
      throw new Error(
        `A middleware or handler must return a Response, but ${
          steps[index]!.name || "one without a name"
        } returned: ${String(result)}`,
      );
    }
    return result;
  } catch (error) {
    ctx.error = error;
    throw error;
  } finally {
    // Whoever called `ctx.next()` may look at it, or call it, again.
    ctx.next = outer;
  }
}

/** One middleware that runs several. */
export function compileMiddlewares<State>(
  steps: MaybeLazyMiddleware<State>[],
): Middleware<State> {
  return (ctx) => runSteps(steps, ctx);
}
