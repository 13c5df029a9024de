import {
  browserEnvironment,
  type Environment,
} from "../../../lib/realtime/client/environment.ts";
import type { SignedIn } from "../app.ts";
import { openSocket } from "../socket.ts";

/**
 * What our browser client takes from a browser, for a signed-in user outside of one: the cookie goes along by hand.
 * Each connection attempt goes to the next of `origins`, as behind a load balancer.
 */
export function clientEnvironment(
  user: SignedIn,
  origins: () => readonly string[],
): Environment {
  let attempts = 0;
  const nextOrigin = () => {
    const all = origins();
    return all[attempts++ % all.length]!;
  };
  return {
    ...browserEnvironment(),
    open(url, handlers) {
      const { pathname, search } = new URL(url);
      const origin = nextOrigin();
      const socket = openSocket(origin + pathname + search, {
        cookie: user.cookie,
        origin,
      });
      socket.onmessage = (event) => handlers.onText(String(event.data));
      socket.onclose = (event) => handlers.onClose(event.code, event.reason);
      return {
        send: (text) => socket.send(text),
        close() {
          socket.onmessage = socket.onclose = null;
          socket.close();
        },
      };
    },
    fetch: (path, init) => user.fetch(path, { ...init, origin: nextOrigin() }),
    online: () => true,
    watch: () => () => {},
    storage: null,
  };
}
