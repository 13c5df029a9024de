import { enBountiesLive } from "./en_bounties_live.ts";
import { type Reader, readerHook } from "./live.ts";

export type BountiesReader = Reader<typeof enBountiesLive>;

/** For the islands about bounties. */
export const useBountiesReader: () => BountiesReader = readerHook(
  enBountiesLive,
);
