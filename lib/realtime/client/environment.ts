/** A connection that carries text both ways. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

/** Called by a wire, never before `open` has returned it, and not again after `onClose`. */
export interface WireHandlers {
  onText(text: string): void;
  /** `code` is a WebSocket close code; 1006 when nothing was said. */
  onClose(code: number, reason: string): void;
}

/** What the page tells: its network came or went, it was brought to the front, it is going away or was brought back. */
export type Nudge = "online" | "offline" | "visible" | "hidden-for-good";

/** Everything that the client takes from the browser, so that tests bring their own. */
export interface Environment {
  open(url: string, handlers: WireHandlers): Wire;
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** Runs once after `ms` milliseconds; returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** In `[0, 1)`. */
  random(): number;
  /** 32 characters of `0-9a-f`. */
  newId(): string;
  online(): boolean;
  /** Returns what ends the watching. */
  watch(on: (nudge: Nudge) => void): () => void;
  /** Survives a reload of this tab; `null` where the browser forbids it. */
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;
}

function openSocket(url: string, handlers: WireHandlers): Wire {
  const socket = new WebSocket(url);
  socket.onmessage = (event) => handlers.onText(String(event.data));
  socket.onclose = (event) => handlers.onClose(event.code, event.reason);
  return {
    send: (text) => socket.send(text),
    close() {
      socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}

function watchPage(on: (nudge: Nudge) => void): () => void {
  const page = new AbortController();
  const listen = (target: EventTarget, type: string, run: () => void) =>
    target.addEventListener(type, run, { signal: page.signal });
  listen(globalThis, "online", () => on("online"));
  listen(globalThis, "offline", () => on("offline"));
  // A page with an open socket cannot be kept for the back button, so it lets go and takes up again.
  listen(globalThis, "pagehide", () => on("hidden-for-good"));
  listen(globalThis, "pageshow", () => on("visible"));
  listen(document, "visibilitychange", () => {
    if (document.visibilityState === "visible") on("visible");
  });
  return () => page.abort();
}

function tabStorage(): Environment["storage"] {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}

/** Not `crypto.randomUUID`: it is missing on plain-http origins other than localhost. */
function randomId(): string {
  let id = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
    id += byte.toString(16).padStart(2, "0");
  }
  return id;
}

export function browserEnvironment(): Environment {
  return {
    open: openSocket,
    fetch: (path, init) => fetch(path, init),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    now: Date.now,
    random: Math.random,
    newId: randomId,
    online: () => navigator.onLine !== false,
    watch: watchPage,
    storage: tabStorage(),
  };
}
