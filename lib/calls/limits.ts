import { MINUTE, SECOND } from "../clock.ts";

/**
 * People in a call. Each sends to every other, so the upload of a camera grows with their number: past this a server
 * that forwards (an SFU) is needed, see docs/operations of calls.
 */
export const MAX_PEOPLE = 6;
/** Nobody has come within this time: the call is missed. Milliseconds. */
export const RINGS_FOR = 45 * SECOND;
/** A guild of at most so many members rings them all; in a larger one the room shows the call. */
export const RINGS_UP_TO = 12;
/** Somebody who is in a call and not on its channel for this long has been cut off. Milliseconds. */
export const LOST_AFTER = 20 * SECOND;
/** How often a call that goes on is looked at. Milliseconds. */
export const LOOK_EVERY = 30 * SECOND;
/** A call's row is kept so long after its end. Milliseconds. */
export const KEPT = 10 * MINUTE;
/** Characters of a session description; Chromium's with six tracks has some 20,000. */
export const MAX_SDP = 32_000;
/** Candidates in one signal. */
export const MAX_CANDIDATES = 40;
