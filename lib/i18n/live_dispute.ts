import { enDispute } from "./en_dispute.ts";
import { enLive } from "./en_live.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enDispute };

export type DisputeReader = Reader<typeof texts>;

/** For what stands beside a dispute's room. */
export const useDisputeReader: () => DisputeReader = readerHook(texts);
