import { enLive } from "./en_live.ts";
import { enRail } from "./en_rail.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enRail };

/** For the rooms of the rail. */
export const useRailReader: () => Reader<typeof texts> = readerHook(texts);
