/** A server on loopback that speaks `/chat/completions`, well or badly. */

/** A request as the server got it. */
export interface Asked {
  authorization: string | null;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format: unknown;
    max_completion_tokens: number;
  };
}

/** What it answers: a value is put where the model's text goes, a `Response` is sent as it is. */
export type Answering = (
  asked: Asked,
  /** The test is over. */
  closing: AbortSignal,
) => unknown | Response | Promise<unknown | Response>;

export interface ModelServer extends AsyncDisposable {
  baseUrl: string;
  asked: Asked[];
  /** Changes what it answers from now on. */
  answer: Answering;
}

/** A completion as OpenAI writes it. */
export function completion(content: string, tokens = 100): Response {
  return Response.json({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "test",
    choices: [{
      index: 0,
      finish_reason: "stop",
      message: { role: "assistant", content, refusal: null },
    }],
    usage: {
      prompt_tokens: tokens - 10,
      completion_tokens: 10,
      total_tokens: tokens,
    },
  });
}

export function startModelServer(answer: Answering): ModelServer {
  const asked: Asked[] = [];
  const closing = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (request.method !== "POST" || pathname !== "/v1/chat/completions") {
        return new Response("not here", { status: 404 });
      }
      const one: Asked = {
        authorization: request.headers.get("authorization"),
        body: await request.json(),
      };
      asked.push(one);
      const answered = await made.answer(one, closing.signal);
      return answered instanceof Response
        ? answered
        : completion(JSON.stringify(answered));
    },
  );
  const made: ModelServer = {
    baseUrl: `http://127.0.0.1:${server.addr.port}/v1`,
    asked,
    answer,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await server.shutdown();
    },
  };
  return made;
}
