/**
 * What every page loads anyway. Modules that are fetched on demand import it, so that it stays in one piece: the bundler
 * makes a file for each different set of modules that need something, and each file costs a first visit some 100 bytes.
 */
import "@preact/signals";
import "preact/hooks";
import "preact/jsx-runtime";
import "fresh/runtime";
import "./Glyph.tsx";
import "./shell/room_path.ts";
import "./toasts/stack.ts";
import "./use_first_sign.ts";
import "../lib/i18n/live.ts";
import "../lib/realtime/client/hooks/channel.ts";
import "../lib/realtime/client/hooks/connection.ts";
import "../lib/realtime/client/hooks/latest.ts";
import "../lib/realtime/client/hooks/notifications.ts";
import "../lib/realtime/client/page.ts";
import "../lib/realtime/client/refresh.ts";
