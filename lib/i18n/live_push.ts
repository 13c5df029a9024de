import { enPush } from "./en_push.ts";
import { type Reader, readerHook } from "./live.ts";

/** For the switch of push messages. */
export const usePushReader: () => Reader<typeof enPush> = readerHook(enPush);
