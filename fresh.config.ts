/**
 * Options of the app, for `main.ts`. Run directly this is the dev server; with
 * an argument, `build` is the build, and `address` prints where to serve it.
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
  const hostname = Deno.env.get("HOST") || "127.0.0.1";
  const port = Number(Deno.env.get("PORT") || 8000);
  const [command = "dev"] = Deno.args;
  if (command === "address") {
    // For `deno task start`: the task shell knows no `${PORT:-8000}`.
    console.log(`--host=${hostname} --port=${port}`);
  } else {
    const { Builder } = await import("fresh/dev");
    const builder = new Builder(build);
    if (command === "build") {
      await builder.build();
      // What a module of the app keeps open must not keep the build running.
      Deno.exit();
    }
    if (!Deno.env.has("DEMO")) Deno.env.set("DEMO", "1");
    // Not awaited: main.ts imports this module and would wait for its end.
    builder.listen(() => import("./main.ts"), { hostname, port }).catch(
      (error) => {
        console.error(error);
        Deno.exit(1);
      },
    );
  }
}
