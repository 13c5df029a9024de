import type { Channel } from "./channels.ts";

/** An atomic takes 800 KiB; a publish to many channels is split below that. */
const BYTES_PER_APPEND = 150_000;

/** A parsed publish. */
export interface Publish {
  name: string;
  data: string;
  channels: Channel[];
  except: string | undefined;
}

/** One event of a publish. */
export interface Part {
  channel: Channel;
  name: string;
  data: string;
  except: string | undefined;
}

/** What goes into one atomic each. */
export function split(publishes: Publish[]): Part[][] {
  const parts: Part[][] = [[]];
  let bytes = 0;
  for (const { channels, name, data, except } of publishes) {
    for (const channel of channels) {
      const size = data.length * 2 + 300;
      if (bytes + size > BYTES_PER_APPEND && parts.at(-1)!.length > 0) {
        parts.push([]);
        bytes = 0;
      }
      parts.at(-1)!.push({ channel, name, data, except });
      bytes += size;
    }
  }
  return parts;
}
