/**
 * What is on every page of somebody signed in. One file: each further one would cost every first visit some hundred
 * bytes, and together they compress better.
 */
import "../components/core.ts";

export { IncomingCall } from "../components/calls/IncomingCall.tsx";
export { NotificationBell } from "../components/notifications/NotificationBell.tsx";
export { ConnectionBanner } from "../components/shell/ConnectionBanner.tsx";
export { RailRooms } from "../components/shell/RailRooms.tsx";
export { Toasts } from "../components/toasts/Toasts.tsx";
