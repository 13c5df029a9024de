import { Client } from "../../../lib/realtime/client/client.ts";
import { FakeEnvironment } from "./fake_environment.ts";

export function world() {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  client.connect();
  env.socket.establish("7.7");
  return { env, client };
}

export const channel = "guild-1";

export function succeeded(position?: string, extra = {}) {
  return {
    event: "pusher_internal:subscription_succeeded",
    channel,
    data: "{}",
    position,
    ...extra,
  };
}

export function event(id: number, position?: string, prev?: string) {
  return { event: "e", channel, data: `{"id":${id}}`, position, prev };
}

export function listen(client: Client, since?: string) {
  const log: unknown[] = [];
  const leave = client.subscribe(channel, {
    since,
    onEvent: ({ data }) => log.push((data as { id: number }).id),
    onExpired: () => log.push("expired"),
    onState: (state, refusal) =>
      log.push(refusal ? `${state} ${refusal.status}` : state),
  });
  return { log, leave };
}
