import { z } from "zod";
import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import type { Platform } from "../platform.ts";
import { type DeadJob, listDeadLetters } from "../queue/mod.ts";
import {
  DELIVER,
  type DeliveryOutcome,
  Endpoint,
  WEBHOOK_TYPES,
} from "./webhooks.ts";

/** What an admin gives to add an endpoint. */
export const NewEndpoint = z.object({
  url: z.string().trim().pipe(
    Endpoint.shape.url.refine(
      (url) => !URL.canParse(url) || new URL(url).username === "",
      "Without a name and password in it",
    ),
  ),
  types: z.array(z.enum(WEBHOOK_TYPES)).min(1, "Choose at least one").transform(
    (types) => [...new Set(types)],
  ),
});
export type NewEndpoint = z.infer<typeof NewEndpoint>;

export interface ListedEndpoint extends Endpoint {
  /** Set by the environment: nobody changes it here. */
  fixed: boolean;
}

/** A delivery that was given up. */
export interface DeadDelivery {
  id: string;
  endpointId: string;
  events: { name: string; channel?: string }[];
  attempts: number;
  error: string;
  /** Milliseconds since the epoch. */
  diedAt: number;
}

export interface WebhookOverview {
  endpoints: ListedEndpoint[];
  /** Newest first. */
  deliveries: DeliveryOutcome[];
  dead: DeadDelivery[];
  /** There are more dead letters than `dead` shows. */
  moreDead: boolean;
}

type Needed = Pick<
  Platform,
  "kv" | "now" | "newId" | "config" | "realtime"
>;

const DELIVERIES = 30;
const DEAD = 50;
/** Dead letters of other kinds are passed over; reading ends after so many. */
const DEAD_READ = 500;

export async function readWebhooks(platform: Needed): Promise<WebhookOverview> {
  const [endpoints, deliveries, dead] = await Promise.all([
    listEndpoints(platform),
    platform.realtime.deliveries.list(DELIVERIES),
    deadDeliveries(platform),
  ]);
  return { endpoints, deliveries, ...dead };
}

export async function listEndpoints(
  { config, realtime }: Pick<Platform, "config" | "realtime">,
): Promise<ListedEndpoint[]> {
  const fixed = new Set(config.webhooks.map((endpoint) => endpoint.id));
  return (await realtime.webhooks.endpoints()).map((endpoint) => ({
    ...endpoint,
    fixed: fixed.has(endpoint.id),
  }));
}

/** @throws {NexoraError} `already_exists` when the address has an endpoint already */
export async function addEndpoint(
  platform: Needed,
  given: NewEndpoint,
): Promise<ListedEndpoint> {
  const known = await listEndpoints(platform);
  if (known.some((endpoint) => endpoint.url === given.url)) {
    throw new NexoraError(
      "already_exists",
      "This address has an endpoint already",
      { fields: { url: "This address has an endpoint already" } },
    );
  }
  const endpoint = { ...given, id: platform.newId() };
  await platform.realtime.webhooks.save(endpoint);
  return { ...endpoint, fixed: false };
}

/** @throws {NexoraError} `not_found`; `conflict` for endpoints of the environment */
export async function removeEndpoint(
  platform: Needed,
  id: string,
): Promise<void> {
  const endpoint = (await listEndpoints(platform)).find((e) => e.id === id);
  if (!endpoint) throw new NexoraError("not_found", "No such endpoint");
  if (endpoint.fixed) {
    throw new NexoraError(
      "conflict",
      "This endpoint is set by the environment",
    );
  }
  await platform.realtime.webhooks.remove(id);
}

async function deadDeliveries(
  deps: Pick<Platform, "kv" | "now">,
): Promise<Pick<WebhookOverview, "dead" | "moreDead">> {
  const dead: DeadDelivery[] = [];
  let cursor: string | undefined;
  for (let read = 0; read < DEAD_READ; read += 100) {
    const page = await listDeadLetters(deps, { limit: 100, cursor });
    for (const job of page.items) {
      if (job.kind !== DELIVER) continue;
      if (dead.length === DEAD) return { dead, moreDead: true };
      dead.push(deadDelivery(job));
    }
    cursor = page.cursor;
    if (cursor === undefined) return { dead, moreDead: false };
  }
  return { dead, moreDead: true };
}

const Payload = z.object({
  endpointId: z.string(),
  events: z.array(
    z.object({ name: z.string(), channel: z.string().optional() }),
  ),
});

function deadDelivery(job: DeadJob): DeadDelivery {
  const payload = Payload.safeParse(job.payload).data;
  return {
    id: job.id,
    endpointId: payload?.endpointId ?? "",
    events: payload?.events ?? [],
    attempts: job.attempts,
    error: job.lastError ?? "",
    diedAt: job.diedAt,
  };
}

/** A dead letter of a webhook; others have their own place. @throws {NexoraError} `not_found` */
export async function requireDeadDelivery(
  { kv, now }: Pick<Platform, "kv" | "now">,
  id: string,
): Promise<void> {
  const { value } = await kv.get<DeadJob>(keys.deadJob(id));
  if (value?.kind !== DELIVER || value.expiresAt <= now()) {
    throw new NexoraError("not_found", "This dead letter is gone");
  }
}
