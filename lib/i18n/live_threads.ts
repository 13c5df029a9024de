import { enThreads } from "./en_threads.ts";
import { enLive } from "./en_live.ts";
import { enRail } from "./en_rail.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enThreads, ...enRail };

/** For the list of the threads that one follows. */
export const useThreadsReader: () => Reader<typeof texts> = readerHook(texts);
