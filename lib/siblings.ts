import { z } from "zod";
import { before } from "./kv/mod.ts";

const Word = z.discriminatedUnion("type", [
  z.object({ type: z.literal("here"), from: z.string() }),
  z.object({ type: z.literal("ended"), from: z.string() }),
  z.object({ type: z.literal("ask"), from: z.string(), question: z.number() }),
  z.object({
    type: z.literal("answer"),
    from: z.string(),
    to: z.string(),
    question: z.number(),
    text: z.string(),
  }),
]);
type Word = z.infer<typeof Word>;

/** Milliseconds that a sibling has to answer. */
const ANSWER_DEADLINE = 250;

/** An `ask` that waits for its answers. */
interface Question {
  from: Set<string>;
  done: () => void;
}

/**
 * The isolates of one process, of which `deno serve --parallel` runs several. A signal reaches each of them, but
 * whichever exits first takes the others with it; a request to the process reaches one of them.
 */
export class Siblings implements Disposable {
  readonly #id = crypto.randomUUID();
  readonly #channel: BroadcastChannel;
  readonly #alive = new Set<string>();
  /** The last answer of each, for when the next is late. */
  readonly #answers = new Map<string, string>();
  readonly #questions = new Map<number, Question>();
  #asked = 0;
  #alone: (() => void) | null = null;
  /** What this isolate answers when it is asked. */
  onAsk: () => string = () => "";

  /** @param name the channel; siblings share it, nobody else does */
  constructor(name: string) {
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => {
      const word = Word.safeParse(data);
      if (word.success) this.#hear(word.data);
    };
    this.#say({ type: "here", from: this.#id });
  }

  /** Says that this isolate has done what it had to, and resolves once all the others have. */
  async ended(): Promise<void> {
    this.#say({ type: "ended", from: this.#id });
    if (this.#alive.size === 0) return;
    await new Promise<void>((resolve) => this.#alone = resolve);
  }

  /** What the others answer; whoever is late answers as the last time. */
  async ask(): Promise<string[]> {
    if (this.#alive.size === 0) return [];
    const question = ++this.#asked;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#questions.set(question, {
      from: new Set(this.#alive),
      done: resolve,
    });
    this.#say({ type: "ask", from: this.#id, question });
    await before(promise, ANSWER_DEADLINE).catch(() => {});
    this.#questions.delete(question);
    return [...this.#answers.values()];
  }

  [Symbol.dispose](): void {
    this.#channel.close();
  }

  #say(word: Word): void {
    this.#channel.postMessage(word);
  }

  #hear(word: Word): void {
    switch (word.type) {
      case "here":
        if (this.#alive.has(word.from)) return;
        this.#alive.add(word.from);
        this.#say({ type: "here", from: this.#id });
        return;
      case "ended":
        this.#alive.delete(word.from);
        if (this.#alive.size === 0) this.#alone?.();
        return;
      case "ask":
        this.#say({
          type: "answer",
          from: this.#id,
          to: word.from,
          question: word.question,
          text: this.onAsk(),
        });
        return;
      case "answer": {
        if (word.to !== this.#id) return;
        this.#answers.set(word.from, word.text);
        const asked = this.#questions.get(word.question);
        asked?.from.delete(word.from);
        if (asked?.from.size === 0) asked.done();
      }
    }
  }
}

/** The isolates of this process; on Deno Deploy, where a channel reaches other machines, each is its own. */
export function openSiblings(): Siblings | undefined {
  if (Deno.env.has("DENO_DEPLOY")) return undefined;
  return new Siblings(`nexora-${Deno.pid}`);
}
