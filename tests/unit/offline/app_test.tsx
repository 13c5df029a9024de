import {
  assertEquals,
  assertInstanceOf,
  assertStringIncludes,
} from "@std/assert";
import { App, type Context, createDefine, HttpError, page } from "fresh";

interface State {
  trace: string;
}

function fetcher(app: App<State>) {
  const handler = app.handler();
  return (path: string, init?: RequestInit) =>
    handler(new Request(`http://localhost${path}`, init));
}

const trace = (name: string) => (ctx: Context<State>) => {
  ctx.state.trace = (ctx.state.trace ?? "") + name;
  return ctx.next();
};

Deno.test("what is added later does not apply to routes before it", async () => {
  const get = fetcher(
    new App<State>()
      .use(trace("a"))
      .get("/first", (ctx) => ctx.text(ctx.state.trace))
      .use(trace("b"))
      .use("/deep", trace("c"))
      .get("/deep/route", (ctx) => ctx.text(ctx.state.trace)),
  );
  assertEquals(await (await get("/first")).text(), "a");
  assertEquals(await (await get("/deep/route")).text(), "abc");
});

Deno.test("a path without parameters wins over a pattern added before it", async () => {
  const get = fetcher(
    new App<State>()
      .get("/guilds/:id", (ctx) => ctx.json(ctx.params))
      .get("/guilds/new", (ctx) => ctx.text("new")),
  );
  assertEquals(await (await get("/guilds/new")).text(), "new");
  assertEquals(await (await get("/guilds/a%20b")).json(), { id: "a b" });
});

Deno.test("methods: HEAD falls back to GET, OPTIONS lists, others are refused", async () => {
  const get = fetcher(
    new App<State>().get("/x", () => new Response("x")).post(
      "/x",
      () => new Response("y"),
    ),
  );
  const head = await get("/x", { method: "HEAD" });
  assertEquals([head.status, head.body], [200, null]);
  const options = await get("/x", { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [
    204,
    "GET, POST",
  ]);
  assertEquals((await get("/x", { method: "PUT" })).status, 405);
});

Deno.test("the nearest error page answers, wrapped as its folder is", async () => {
  const get = fetcher(
    new App<State>()
      .onError("*", (ctx) => ctx.text(`root ${(ctx.error as Error).message}`))
      .layout("/guild", ({ Component }) => (
        <section>
          <Component />
        </section>
      ))
      .onError("/guild", {
        component: ({ error }) => <p>{(error as Error).message}</p>,
      })
      .get("/fails", () => {
        throw new Error("one");
      })
      .get("/guild/fails", () => {
        throw new HttpError(403, "two");
      }),
  );
  assertEquals(await (await get("/fails")).text(), "root one");
  const inner = await get("/guild/fails");
  assertEquals(inner.status, 403);
  assertStringIncludes(await inner.text(), "<section><p>two</p></section>");
});

Deno.test("a route that is missing runs the middlewares of the root", async () => {
  const app = new App<State>()
    .notFound((ctx) => new Response(ctx.state.trace, { status: 404 }))
    .use(trace("seen"));
  const res = await fetcher(app)("/nowhere");
  assertEquals([res.status, await res.text()], [404, "seen"]);
});

Deno.test("a handler gives data, status and headers to its page", async () => {
  const define = createDefine<State>();
  const handler = define.handlers({
    GET: () => page({ name: "Ada" }, { status: 201, headers: { "x-a": "1" } }),
  });
  const component = define.page<typeof handler>(({ data }) => <b>{data.name}
  </b>);
  const res = await fetcher(
    new App<State>().route("/", { handler, component }),
  )("/");
  assertEquals([res.status, res.headers.get("x-a")], [201, "1"]);
  assertStringIncludes(await res.text(), "<body><b>Ada</b></body>");
});

Deno.test("an async component may answer in the place of its page", async () => {
  const get = fetcher(
    new App<State>().route("/", {
      // deno-lint-ignore require-await
      component: async () =>
        new Response(null, { status: 303, headers: { location: "/sign-in" } }),
    }),
  );
  assertEquals((await get("/")).headers.get("location"), "/sign-in");
});

Deno.test("a redirect to a path never leaves the site", async () => {
  const get = fetcher(
    new App<State>().get("/", (ctx) => ctx.redirect("//evil.example//x")),
  );
  assertEquals((await get("/")).headers.get("location"), "/evil.example/x");
});

Deno.test("markup kept between requests does not keep what a request added", async () => {
  const kept = <script src="/a.js" />;
  const get = fetcher(new App<State>().get("/", (ctx) => ctx.render(kept)));
  const nonce = async () => /nonce="(\w+)"/.exec(await (await get("/")).text());
  const [first, second] = [await nonce(), await nonce()];
  assertEquals(first?.[1]?.length, 32);
  assertEquals(first?.[1] === second?.[1], false);
});

Deno.test("WebSockets: both forms of upgrade, and 400 for a plain request", async () => {
  const app = new App<State>()
    .ws("/managed", { message: (socket, { data }) => socket.send(`m ${data}`) })
    .get("/bare", (ctx) => {
      const { socket, response } = ctx.upgrade({ protocol: "chat" });
      socket.onmessage = ({ data }) => socket.send(`b ${data}`);
      return response;
    });
  await using server = Deno.serve({ port: 0, onListen() {} }, app.handler());
  const { port } = server.addr as Deno.NetAddr;
  const echo = async (path: string, protocol?: string) => {
    const socket = new WebSocket(`ws://localhost:${port}${path}`, protocol);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    socket.onopen = () => socket.send("hi");
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = reject;
    const answer = await promise;
    const closed = new Promise((done) => socket.onclose = done);
    socket.close();
    await closed;
    return `${answer} ${socket.protocol}`;
  };
  assertEquals(await echo("/managed"), "m hi ");
  assertEquals(await echo("/bare", "chat"), "b hi chat");
  const plain = await fetch(`http://localhost:${port}/bare`);
  assertEquals(plain.status, 400);
  await plain.body?.cancel();
});

Deno.test("an error that nobody handles says nothing about itself", async () => {
  const secret = new Error("secret");
  const get = fetcher(
    new App<State>().get("/", () => {
      throw secret;
    }),
  );
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (value: unknown) => logged.push(value);
  try {
    const res = await get("/");
    assertEquals([res.status, await res.text()], [
      500,
      "Internal server error",
    ]);
  } finally {
    console.error = error;
  }
  assertInstanceOf(logged[0], Error);
});
