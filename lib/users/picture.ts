import {
  type BlobInfo,
  type Blobs,
  chunksOf,
  sniffImage,
  withoutMetadata,
} from "../blobs/mod.ts";
import { changeProfile, type ProfileDeps } from "./change.ts";
import type { User } from "./types.ts";

/** Bytes of a picture. */
export const PICTURE_LIMIT = 512_000;

type PictureDeps = ProfileDeps & { blobs: Blobs };

const keyOf = (userId: string) => `avatars/${userId}`;
/** Of the content: the same picture has the same address, another one another. */
const nameOf = (info: BlobInfo) => info.sha256.slice(0, 16);

/**
 * Gives somebody a picture, without what its camera wrote into it. What it is, its content says.
 *
 * @throws {NexoraError} `too_large`, `unsupported_media_type`, `not_found`
 */
export async function setPicture(
  deps: PictureDeps,
  userId: string,
  bytes: Uint8Array,
): Promise<User> {
  const { type } = await sniffImage(bytes);
  // What somebody sends counts, not what is left of it.
  const clean = bytes.length > PICTURE_LIMIT
    ? bytes
    : ReadableStream.from(withoutMetadata(type, chunksOf(bytes)));
  const staged = await deps.blobs.stage(
    { key: keyOf(userId), type, limit: PICTURE_LIMIT },
    clean,
  );
  return await changeProfile(deps, userId, async (user) => ({
    user: { ...user, picture: nameOf(staged.info) },
    also: await staged.plan(),
  }));
}

/** Takes somebody's picture away. @throws {NexoraError} `not_found` */
export async function removePicture(
  deps: PictureDeps,
  userId: string,
): Promise<User> {
  const info = await deps.blobs.head(keyOf(userId));
  return await changeProfile(deps, userId, ({ picture: _, ...user }) => ({
    user,
    also: info ? deps.blobs.planDelete(info) : undefined,
  }));
}

/** Somebody's picture now, and the name that it has in its address; `null` without one. */
export async function findPicture(
  blobs: Blobs,
  userId: string,
): Promise<{ info: BlobInfo; name: string } | null> {
  const info = await blobs.head(keyOf(userId));
  return info && { info, name: nameOf(info) };
}
