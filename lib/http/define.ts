import { createDefine } from "fresh";
import type { Platform } from "../platform.ts";
import type { Session } from "../auth/session.ts";
import type { User } from "../users/mod.ts";

/** What every request carries. Set by `routes/_middleware.ts`. */
export interface State {
  platform: Platform;
  /** The signed-in user, or `null`. */
  user: User | null;
  session: Session | null;
}

export const define = createDefine<State>();
