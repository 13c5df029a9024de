import { createHmac } from "node:crypto";
import { HOUR, SECOND } from "../clock.ts";

/** Servers that help browsers to reach each other; without one, people in one network do. */
export interface IceConfig {
  /** `stun:host:port` */
  stun: string[];
  /** `turn:host:port?transport=udp` */
  turn: string[];
  /** Shared with the TURN server: each user gets credentials of their own for some hours. */
  turnSecret?: string;
  turnUsername?: string;
  turnPassword?: string;
}

/** An entry of `RTCConfiguration.iceServers`. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

const VALID_FOR = 12 * HOUR;

/**
 * What a browser is told. With a secret, credentials by time as coturn's `use-auth-secret` has them (source:
 * draft-uberti-behave-turn-rest).
 */
export function iceServers(
  config: IceConfig,
  userId: string,
  now: number,
): IceServer[] {
  const servers: IceServer[] = [];
  if (config.stun.length > 0) servers.push({ urls: config.stun });
  if (config.turn.length === 0) return servers;
  const { turn, turnSecret, turnUsername, turnPassword } = config;
  if (turnSecret !== undefined) {
    const username = `${Math.floor((now + VALID_FOR) / SECOND)}:${userId}`;
    const credential = createHmac("sha1", turnSecret).update(username)
      .digest("base64");
    servers.push({ urls: turn, username, credential });
  } else {
    servers.push({
      urls: turn,
      username: turnUsername,
      credential: turnPassword,
    });
  }
  return servers;
}
