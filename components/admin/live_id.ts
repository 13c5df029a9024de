/** Where the server draws the live view. */
export const LIVE_ID = "admin-live";
