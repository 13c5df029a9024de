import { enCall } from "./en_call.ts";
import { type Reader, readerHook } from "./live.ts";

/** For the page of a call. */
export const useCallReader: () => Reader<typeof enCall> = readerHook(enCall);
