import { del, keys, type Mutation, set } from "../kv/mod.ts";
import type { User } from "./types.ts";

const BUCKETS = 256;

/** A number from 0 to 255 that a text always has. */
export function bucketOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  return (hash ^ hash >>> 13) >>> 0 & BUCKETS - 1;
}

type Skilled = Pick<User, "id" | "skills">;

/** Rows by which people are found by what they can; go into the atomic of the user's row. */
export function skillRows(
  before: Skilled | null,
  after: Skilled | null,
): Mutation[] {
  const key = (skill: string, id: string) =>
    keys.userWithSkill(skill, bucketOf(id), id);
  const had = new Set(before?.skills);
  const has = new Set(after?.skills);
  return [
    ...[...had].filter((skill) => !has.has(skill))
      .map((skill) => del(key(skill, before!.id))),
    ...[...has].filter((skill) => !had.has(skill))
      .map((skill) => set(key(skill, after!.id), true)),
  ];
}

/**
 * Ids of people who name a skill, at most `limit`, beginning at a place that `seed` chooses: with more people than are
 * wanted, other seeds find other ones.
 */
export async function listUsersWithSkill(
  kv: Deno.Kv,
  skill: string,
  { seed, limit }: { seed: string; limit: number },
): Promise<string[]> {
  const prefix = keys.usersWithSkill(skill);
  const start = keys.usersWithSkillFrom(skill, bucketOf(seed));
  const found: string[] = [];
  for (const selector of [{ prefix, start }, { prefix, end: start }]) {
    if (found.length >= limit) break;
    const rows = kv.list(selector, { limit: limit - found.length });
    for await (const { key } of rows) found.push(key.at(-1) as string);
  }
  return found;
}
