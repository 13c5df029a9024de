import { DAY, HOUR } from "../../clock.ts";
import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import type { Ledger } from "./ledger.ts";

/** What an established account did on devices it never used before, from the first use on. */
export interface Session {
  user: number;
  devices: number[];
  rows: number[];
}

/** How far a session is followed. */
const REACH = 72 * HOUR;

export function newDeviceSessions(ledger: Ledger): Session[] {
  const { window: w, baseline } = ledger;
  const sessions: Session[] = [];
  for (let user = 0; user < ledger.byActor.length; user++) {
    const rows = ledger.byActor[user]!;
    if (rows.length === 0) continue;
    const first = ledger.firstSeen[user]!;
    const guests = ledger.baselineWeeks < 0.5
      ? guestDevices(ledger, rows)
      : undefined;
    let earlier = baseline.total(user);
    const open = new Map<number, number>();
    let session: Session | undefined;
    let start = 0, lastNew = 0, current = -1, seen = 0;
    for (const i of rows) {
      const at = w.at[i]!;
      // Where only some activities carry a device, the others go with the one before.
      if (w.device[i]! >= 0) [current, seen] = [w.device[i]!, at];
      else if (w.kind[i] === K.dispute_resolved || at - seen > 12 * HOUR) {
        continue;
      }
      const device = current;
      if (device < 0) continue;
      const since = ledger.deviceFirst.get(pairKey(user, device))!;
      const fresh = (since >= ledger.from && since - first > 1.5 * DAY &&
        earlier >= 6) || guests?.has(device) === true;
      if (!fresh && !open.has(device)) {
        earlier++;
        continue;
      }
      if (!open.has(device)) {
        open.set(device, at);
        if (!session || at - lastNew > 2 * DAY) {
          session = { user, devices: [], rows: [] };
          sessions.push(session);
          start = at;
        }
        session.devices.push(device);
        lastNew = at;
      }
      if (session && at - start <= REACH) session.rows.push(i);
    }
  }
  return sessions;
}

/**
 * Where there are no weeks before, what is the owner's shows by the rest of the window: devices that were about for half a day at most, on an
 * account that lives on others.
 */
function guestDevices(ledger: Ledger, rows: Int32Array): Set<number> {
  const w = ledger.window;
  const uses = new Map<number, { count: number; from: number; to: number }>();
  let all = 0;
  for (const i of rows) {
    const d = w.device[i]!, at = w.at[i]!;
    if (d < 0) continue;
    all++;
    const use = uses.get(d);
    if (!use) uses.set(d, { count: 1, from: at, to: at });
    else [use.count, use.to] = [use.count + 1, at];
  }
  const guests = [...uses].filter(([, use]) =>
    use.to - use.from <= DAY / 2 && all - use.count >= 8
  );
  return new Set(guests.length <= 2 ? guests.map(([d]) => d) : []);
}
