import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";
import { NexoraError } from "../errors.ts";

/** Pictures that every browser shows and none of which can hold a script. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type ImageType = typeof IMAGE_TYPES[number];

/** Pixels a side: a small file may unpack to gigabytes. */
const LONGEST_SIDE = 8_192;

/**
 * What a picture is, by its content and not by what its sender says.
 *
 * @throws {NexoraError} `unsupported_media_type` when it is no PNG, JPEG or WebP, or is damaged or too large to show
 */
export async function sniffImage(
  bytes: Uint8Array,
): Promise<{ type: ImageType; width: number; height: number }> {
  const found = await fileTypeFromBuffer(bytes);
  const type = IMAGE_TYPES.find((known) => known === found?.mime);
  if (!type) throw refused("Choose a PNG, JPEG or WebP picture");
  try {
    const { width, height } = imageSize(bytes);
    if (Math.max(width, height) <= LONGEST_SIDE) {
      return { type, width, height };
    }
  } catch {
    throw refused("The picture is damaged");
  }
  throw refused(`The picture is larger than ${LONGEST_SIDE} pixels a side`);
}

function refused(message: string): NexoraError {
  return new NexoraError("unsupported_media_type", message);
}
