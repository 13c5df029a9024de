import { Client, socketUrl } from "./client.ts";
import { browserEnvironment, type Environment } from "./environment.ts";
import { withFallback } from "./fallback.ts";

/** What all islands of a page share. */
export interface Page {
  env: Environment;
  client: Client;
  /** Stores shared by name. */
  stores: Map<string, unknown>;
}

/** Survives that two chunks each bring their own copy of this module. */
const PAGE = Symbol.for("nexora.page");
const holder = globalThis as { [PAGE]?: Page };

/** `<meta name="nexora-key">` carries the app key, if it is not the development one. */
function appKey(): string {
  const meta = document.querySelector<HTMLMetaElement>(
    'meta[name="nexora-key"]',
  );
  return meta?.content || "nexora-key";
}

/** The page's own; made at the first call. Browser only: call it in effects and handlers, not while rendering. */
export function getPage(): Page {
  return holder[PAGE] ??= makePage();
}

function makePage(): Page {
  const env = withFallback(browserEnvironment());
  const url = socketUrl(location.origin, appKey());
  return { env, client: new Client(env, url), stores: new Map() };
}

/** The page's one connection, shared by all islands. */
export function getClient(): Client {
  return getPage().client;
}

/** The store of that name on this page, made at the first call. */
export function shared<T>(page: Page, name: string, make: () => T): T {
  let store = page.stores.get(name) as T | undefined;
  if (!store) page.stores.set(name, store = make());
  return store;
}
