import { enRing } from "./en_ring.ts";
import { type Reader, readerHook } from "./live.ts";

/** For starting a call, and being called. */
export const useRingReader: () => Reader<typeof enRing> = readerHook(enRing);
