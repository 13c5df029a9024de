/** `MAX_CONTENT` of lib/messages, which brings the schema library along and stays on the server. */
export const LONGEST = 4_000;
