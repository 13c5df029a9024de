/** Keys of calls. */
type Key = Deno.KvKey;

export const call = (callId: string): Key => ["calls", callId];
/** The call that goes on in a room; its value is the call's id. */
export const callInRoom = (channel: string): Key => ["callsInRoom", channel];
