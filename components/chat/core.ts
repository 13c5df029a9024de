/** What every conversation loads anyway; what it fetches on demand imports it, as all do `../core.ts`, and why. */
import "../core.ts";
import "./blocked.ts";
import "./drafts.ts";
import "./quote_of.ts";
import "./QuoteBlock.tsx";
import "./room_state.ts";
import "./room_tools.ts";
import "../../lib/i18n/size.ts";
