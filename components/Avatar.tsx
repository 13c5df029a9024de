/**
 * A person by their picture, and a person without one, or a guild, by initials on one of eight tints: the same wherever
 * and whenever it is drawn.
 */
export interface AvatarProps {
  name: string;
  /** Decides the tint. */
  id: string;
  /** `picture` of a user. */
  picture?: string;
  size?: 20 | 24 | 28 | 36 | 44 | 72;
  /** Guilds are square, people are round. */
  square?: boolean;
  /** Draws the presence dot; leave out where presence is not known. */
  online?: boolean;
  /** More than here or not: draws the dot accordingly. */
  presence?: "online" | "idle" | "dnd" | "offline";
}

export function Avatar(
  { name, id, picture, size, square, online, presence }: AvatarProps,
) {
  const parts = ["avatar", `tint-${tintOf(id)}`];
  if (size) parts.push(`s${size}`);
  if (square) parts.push("square");
  if (online !== undefined || presence) parts.push("presence");
  if (presence) parts.push(presence);
  else if (online) parts.push("online");
  // The name stands beside it in text: to a screen reader the initials are noise.
  return (
    <span class={parts.join(" ")} aria-hidden="true">
      {picture
        ? (
          <img
            src={`/avatars/${id}/${picture}`}
            alt=""
            width={size ?? 32}
            height={size ?? 32}
            loading="lazy"
            decoding="async"
          />
        )
        : initials(name)}
    </span>
  );
}

/** First letters of the first and last word: `Ada King Lovelace` → `AL`; by code point, so that no letter is torn. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s_-]+/u).filter(Boolean);
  const first = [...(words[0] ?? "?")][0]!;
  const last = words.length > 1 ? [...words.at(-1)!][0]! : "";
  return (first + last).toLocaleUpperCase();
}

/** 0–7, spread over ids that differ in one letter (FNV-1a). */
export function tintOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 16) % 8;
}
