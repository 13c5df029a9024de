import { NexoraError } from "../errors.ts";
import type { Channel } from "./channels.ts";
import { systemFrame } from "./frames.ts";
import type { Hub, Subscriber } from "./hub.ts";
import { formatPosition, parsePosition } from "./position.ts";

/** Characters that may wait for a slow reader before the stream is ended; it resumes with `Last-Event-ID`. */
const MAX_WAITING = 1_000_000;
/** Keeps proxies from taking the stream for dead. */
const COMMENT_EVERY = 15_000;

export interface StreamOptions {
  hub: Pick<Hub, "attach" | "detach">;
  /** In the order of the event ids. */
  channels: Channel[];
  /** `Last-Event-ID` or `since`: a position a channel, joined by commas; empty where there is none. */
  since: string | null;
  changed: (channel: string) => void;
  /** It has ended, by whichever side. */
  ended: () => void;
}

/** A stream that is being read. */
export interface OpenStream {
  body: ReadableStream<Uint8Array>;
  /** Ends it: the reader comes back with `Last-Event-ID`. */
  end(): void;
}

/**
 * Channels as Server-Sent Events, for `curl` and networks that block WebSockets. Each event's data is the frame that
 * a WebSocket would get; its id holds the last position of every channel, so that `Last-Event-ID` resumes them all.
 *
 * @throws {NexoraError} `bad_request` when `since` has another number of positions than there are channels
 */
export function eventStream(
  options: StreamOptions,
): OpenStream {
  const { hub, channels, changed } = options;
  const given = options.since === null || options.since === ""
    ? channels.map(() => "")
    : options.since.split(",");
  if (
    given.length !== channels.length ||
    given.some((text) => text !== "" && !parsePosition(text))
  ) {
    throw new NexoraError(
      "bad_request",
      "since names one position a channel, joined by commas",
    );
  }
  const positions = [...given];
  const encoder = new TextEncoder();
  const attached: [string, Subscriber][] = [];
  let comments: ReturnType<typeof setInterval>;
  let ended = false;

  const leave = () => {
    if (ended) return;
    ended = true;
    clearInterval(comments);
    for (const [channel, subscriber] of attached) {
      hub.detach(channel, subscriber);
      changed(channel);
    }
    options.ended();
  };
  let end = () => {};

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      end = () => {
        if (ended) return;
        leave();
        controller.close();
      };
      const write = (text: string) => {
        if (ended) return;
        controller.enqueue(encoder.encode(text));
        if ((controller.desiredSize ?? 0) < -MAX_WAITING) end();
      };
      const send = (index: number, frame: string) => {
        const position = /"position":"(\d+\.\d+\.\d+)"/.exec(frame.slice(-120))
          ?.[1];
        if (position) positions[index] = position;
        write(`id: ${positions.join(",")}\ndata: ${frame}\n\n`);
      };
      comments = setInterval(() => write(": still here\n\n"), COMMENT_EVERY);
      write("retry: 1000\n\n");
      channels.forEach((channel, index) => {
        const subscriber: Subscriber = {
          id: `sse-${crypto.randomUUID()}`,
          takesBatches: false,
          deliver: (frame) => send(index, frame),
          gap: end,
        };
        attached.push([channel.name, subscriber]);
        hub.attach(
          channel.name,
          subscriber,
          parsePosition(given[index]!),
          ({ position, recovered, expired }) => {
            const text = formatPosition(position);
            send(
              index,
              systemFrame(
                "pusher_internal:subscription_succeeded",
                {},
                channel.name,
                {
                  ...(recovered && { recovered }),
                  position: text,
                },
              ),
            );
            if (expired) {
              send(
                index,
                systemFrame("nexora:position_expired", {
                  code: "position_expired",
                  position: text,
                }, channel.name),
              );
            }
          },
        ).then(() => changed(channel.name), () => end());
      });
    },
    cancel: leave,
  }, new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1_024 }));
  return { body, end: () => end() };
}
