import type { Mute } from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import {
  type Channel,
  dmChannel,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../realtime/mod.ts";
import { isRoom } from "../room.ts";
import { getRoomChoice } from "./choose.ts";

/** The room that is silent when this is muted. */
function roomOf(
  userId: string,
  { kind, id }: Pick<Mute, "kind" | "id">,
): Channel | null {
  const name = kind === "room"
    ? id
    : kind === "guild"
    ? guildChannel(id)
    : kind === "person"
    ? dmChannel(userId, id)
    : "";
  const room = parseChannel(name);
  return room && isRoom(room) ? room : null;
}

/** After something was muted, or a mute taken back, by another way than its room: tells the rails of all devices. */
export async function tellOfMute(
  deps: Pick<Deps, "kv" | "now" | "log">,
  userId: string,
  subject: Pick<Mute, "kind" | "id">,
): Promise<void> {
  const room = roomOf(userId, subject);
  if (!room) return;
  await deps.log.append({
    events: [{
      channel: userChannel(userId),
      event: "room:choice",
      data: await getRoomChoice(deps, room, userId),
    }],
  });
}
