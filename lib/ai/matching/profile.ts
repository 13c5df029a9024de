import { type Embedder, EmbedderUnavailable } from "../embedding/embedder.ts";
import {
  type PackedVectors,
  packVectors,
  unpackVectors,
} from "../embedding/packed.ts";
import { canonicalSkills } from "./skills.ts";

/** What a guild, a person or a bounty is about, in words. */
export interface Described {
  /** Title or name. */
  title: string;
  /** Prose; the first sentences count. */
  text: string;
  /** As typed, the most telling first. */
  skills: string[];
}

/** Prepared for matching. */
export interface Profile {
  title: string;
  text: string;
  /** Canonical. */
  skills: string[];
  /** The whole in one vector; `null` without a model. */
  whole: Float32Array | null;
  /** Each sentence, and each skill of one who offers: what a need can be met by. */
  parts: Float32Array[];
}

/** As kept in the store: at most 14 vectors of 512 bytes, and the words. */
export interface StoredProfile {
  /** Of words, model and preparation: the same again needs no work. */
  hash: string;
  title: string;
  text: string;
  skills: string[];
  /** The whole first, then the parts; `null` when there was no model. */
  vectors: PackedVectors | null;
  at: number;
}

/** Sentences and skills that get vectors of their own. */
const SENTENCES = 6;
const SKILLS = 7;
/** Characters of prose that are kept and matched. */
const PROSE = 2_000;

/** Splits prose; fragments too short to mean anything go with their neighbour. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const piece of text.split(/(?<=[.?!:;])\s+|\n+/)) {
    const sentence = piece.trim();
    if (sentence.length > 2) sentences.push(sentence);
  }
  return sentences;
}

/** A need is asked sentence by sentence; what is offered answers with its sentences and skills. */
export type Side = "need" | "offer";

function textsOf({ title, text, skills }: Described, side: Side): string[] {
  const prose = text.slice(0, PROSE);
  const sentences = sentencesOf(prose).slice(0, SENTENCES);
  return side === "need" ? [`${title}. ${prose}`, title, ...sentences] : [
    prose === "" ? title : `${prose} ${skills.join(", ")}`,
    ...sentences,
    ...skills.slice(0, SKILLS),
  ];
}

/** Changes when the words, the model or the way of preparing changes. */
async function hashOf(
  described: Described,
  side: Side,
  embedder: Pick<Embedder, "name"> | null,
): Promise<string> {
  const text = JSON.stringify([
    embedder?.name ?? null,
    ...textsOf(described, side),
    described.skills,
  ]);
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  return [...new Uint8Array(digest, 0, 12)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Prepares; without a model by words and skills alone. @throws {EmbedderUnavailable} */
export async function prepare(
  described: Described,
  side: Side,
  embedder: Embedder | null,
): Promise<Profile> {
  const [whole = null, ...parts] = embedder
    ? await embedder.embed(textsOf(described, side))
    : [];
  return {
    title: described.title,
    text: described.text.slice(0, PROSE),
    skills: canonicalSkills(described.skills),
    whole,
    parts,
  };
}

/**
 * Prepares what is not yet as `known` says; `null` when it is. Where the model cannot be loaded it is prepared without,
 * under a hash that says so: the next time it is tried again.
 */
export async function prepareAnew(
  described: Described,
  side: Side,
  embedder: Embedder | null,
  known: string | undefined,
): Promise<{ profile: Profile; hash: string } | null> {
  const hash = await hashOf(described, side, embedder);
  if (hash === known) return null;
  try {
    return { profile: await prepare(described, side, embedder), hash };
  } catch (error) {
    if (!(error instanceof EmbedderUnavailable)) throw error;
    console.warn("Matching goes on without the encoder:", error.message);
    return {
      profile: await prepare(described, side, null),
      hash: await hashOf(described, side, null),
    };
  }
}

export function pack(
  profile: Profile,
  hash: string,
  at: number,
): StoredProfile {
  const { title, text, skills, whole, parts } = profile;
  return {
    hash,
    title,
    text,
    skills,
    vectors: whole && packVectors([whole, ...parts], whole.length),
    at,
  };
}

export function unpack(
  { title, text, skills, vectors }: StoredProfile,
): Profile {
  const [whole = null, ...parts] = vectors ? unpackVectors(vectors) : [];
  return { title, text, skills, whole, parts };
}

/** All words of a profile, for the lexical index. */
export function wordsOf({ title, text, skills }: Described): string {
  return `${title} ${text} ${skills.join(" ")}`;
}
