import { define } from "../lib/http/define.ts";
import { ReaderContext, readerOf } from "../lib/i18n/mod.ts";

/** Around every page. Fresh renders what is inside `_app` before `_app` itself, so a context has to stand here. */
export default define.layout(({ Component, req, state }) => (
  <ReaderContext.Provider
    value={readerOf(
      state.user,
      req.headers.get("accept-language"),
      state.platform.now,
    )}
  >
    <Component />
  </ReaderContext.Provider>
));
