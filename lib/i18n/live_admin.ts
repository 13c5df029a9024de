import { enAdmin } from "./en_admin.ts";
import { enLive } from "./en_live.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enAdmin };

export type AdminReader = Reader<typeof texts>;

/** For the admins' pages. */
export const useAdminReader: () => AdminReader = readerHook(texts);
