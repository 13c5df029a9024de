import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { Call, CallTold } from "../../lib/calls/types.ts";
import { getClient } from "../../lib/realtime/client/page.ts";

/** A call that rings in vain ends after 45 s; this is for when its end was not heard. */
const RINGS = 60_000;
/** Survives going to another page while it rings. */
const STORED = "nexora-ringing";

type Ringing = ComponentType<{ call: Call; done: () => void }>;

/** Rings on every page when somebody calls. What it shows is loaded when somebody does. */
export function IncomingCall({ me }: { me: { id: string } }) {
  const call = useSignal<Call | null>(null);
  const shown = useSignal<Ringing | null>(null);

  const stop = () => {
    call.value = null;
    sessionStorage.removeItem(STORED);
  };
  const ring = async (ringing: Call) => {
    sessionStorage.setItem(STORED, JSON.stringify(ringing));
    shown.value ??= (await import("./Ringing.tsx")).Ringing;
    call.value = ringing;
  };
  useEffect(() =>
    getClient().subscribe(`private-user-${me.id}`, {
      onEvent: ({ event, data }) => {
        if (event === "call:ringing") void ring((data as CallTold).call);
        if (
          event === "call:answered" &&
          (data as { callId: string }).callId === call.peek()?.id
        ) stop();
      },
    }), []);
  useEffect(() => {
    const stored = sessionStorage.getItem(STORED);
    if (stored) {
      void stillRings(JSON.parse(stored), me.id).then((one) =>
        one ? ring(one) : stop()
      );
    }
  }, []);
  const ringing = call.value;
  useEffect(() => {
    if (!ringing) return;
    const timer = setTimeout(stop, RINGS);
    return () => clearTimeout(timer);
  }, [ringing?.id]);
  const Shown = shown.value;
  return Shown && ringing ? <Shown call={ringing} done={stop} /> : null;
}

async function stillRings(call: Call, me: string): Promise<Call | null> {
  try {
    const response = await fetch(`/api/calls/${call.id}`);
    if (!response.ok) return null;
    const now: Call = (await response.json()).call;
    return now.state === "ended" || now.people[me] ? null : now;
  } catch {
    return null;
  }
}
