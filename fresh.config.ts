/**
 * Options of the app, for `main.ts`. Run directly this is the dev server; with
 * `build` as its argument, the build.
 *
 * Only types come from `fresh/dev` up here: the server never loads the bundler.
 */
import type { FreshConfig } from "fresh";
import type { BuildOptions } from "fresh/dev";

/** Options of `new App()`. */
export const config: FreshConfig = {};

/** Where the parts of the app are. */
const build: BuildOptions = { root: import.meta.dirname };

if (import.meta.main) {
  const { Builder } = await import("fresh/dev");
  const builder = new Builder(build);
  if (Deno.args.includes("build")) {
    await builder.build();
  } else {
    await builder.listen(() => import("./main.ts"), {
      hostname: Deno.env.get("HOST") ?? "127.0.0.1",
      port: Number(Deno.env.get("PORT") ?? 8000),
    });
  }
}
