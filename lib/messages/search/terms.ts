import { wordsOf } from "../../search/mod.ts";
import type { Message } from "../types.ts";

/** What `has:` may ask for. */
export const THINGS = ["link", "image", "file", "code"] as const;
export type Thing = typeof THINGS[number];

/** Terms that are no words begin with a sign that no word has. */
export const fromTerm = (userId: string) => `~from:${userId}`;
export const hasTerm = (thing: Thing) => `~has:${thing}`;

/** What a message has, for `has:`. */
export function thingsOf(
  { content, attachments }: Pick<Message, "content" | "attachments">,
): Set<Thing> {
  const things = new Set<Thing>();
  if (/\bhttps?:\/\/\S/i.test(content)) things.add("link");
  if (/`[^`\n]+`|^```/m.test(content)) things.add("code");
  if (attachments.length > 0) things.add("file");
  if (attachments.some(({ type }) => type.startsWith("image/"))) {
    things.add("image");
  }
  return things;
}

/** Everything by which a message is found; nothing of a deleted one. */
export function termsOf(
  message: Pick<
    Message,
    "content" | "attachments" | "authorId" | "deleted"
  >,
): string[] {
  if (message.deleted) return [];
  const names = message.attachments.map(({ name }) => name).join(" ");
  return [
    ...new Set([
      ...wordsOf(`${message.content} ${names}`),
      ...[...thingsOf(message)].map(hasTerm),
      fromTerm(message.authorId),
    ]),
  ];
}

/** A word of a query. Short ones are whole words, longer ones beginnings. */
export interface Asked {
  word: string;
  beginning: boolean;
}

/** From this length on a word stands for those that begin with it. */
const BEGINNING = 3;

export function askedWord(word: string): Asked {
  return { word, beginning: [...word].length >= BEGINNING };
}

/** Whether a message has all the words that were asked for. */
export function hasWords(
  message: Pick<Message, "content" | "attachments">,
  asked: Asked[],
): boolean {
  const names = message.attachments.map(({ name }) => name).join(" ");
  const words = wordsOf(`${message.content} ${names}`);
  return asked.every(({ word, beginning }) =>
    words.some((one) => beginning ? one.startsWith(word) : one === word)
  );
}
