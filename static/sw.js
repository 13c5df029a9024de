/**
 * The service worker: shows push messages as notifications of the desktop, opens what they are about, and keeps the
 * subscription alive. Of pages it keeps one, which is shown when there is no network: what people may see changes, and
 * nothing that is theirs stays behind when they sign out.
 */
const API = "/api";

/** To be counted up when one of the files changes. */
const CACHE = "nexora-offline-1";
const OFFLINE = "/offline.html";
const KEPT = [OFFLINE, "/offline.css", "/offline.js", "/css/tokens.css"];

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => event.waitUntil(begin()));

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(
    KEPT.map((path) => new Request(path, { cache: "reload" })),
  );
}

async function begin() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== CACHE).map((name) => caches.delete(name)),
  );
  // Pages are asked for while this worker starts, not after it.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(event));
  else if (search === "" && KEPT.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => kept(pathname)));
  }
});

async function visit(event) {
  try {
    return await event.preloadResponse ?? await fetch(event.request);
  } catch {
    return kept(OFFLINE);
  }
}

async function kept(path) {
  return await caches.match(path) ?? Response.error();
}

/** A path of this site; what comes from outside must lead nowhere else. */
function localPath(path) {
  try {
    const url = new URL(path, self.location.origin);
    return url.origin === self.location.origin
      ? url.href
      : self.location.origin + "/";
  } catch {
    return self.location.origin + "/";
  }
}

function readMessage(event) {
  try {
    const data = event.data.json();
    return typeof data.title === "string" ? data : null;
  } catch {
    return null;
  }
}

self.addEventListener("push", (event) => {
  const message = readMessage(event);
  if (message) event.waitUntil(show(message));
});

async function show(message) {
  const { id, title, body, link, tag, actions = [], unread } = message;
  const windows = await self.clients.matchAll({ type: "window" });
  if (typeof unread === "number") {
    await self.navigator.setAppBadge?.(unread).catch(() => {});
  }
  // Somebody looks at Nexora right now: the page shows it itself.
  if (windows.some((client) => client.focused)) return;
  await self.registration.showNotification(title, {
    body,
    // One with the same tag takes the place of the one before, so that nothing is shown twice.
    tag,
    renotify: true,
    icon: "/logo.svg",
    data: { id, link, actions },
    actions: actions.map((action) => ({
      action: action.id,
      title: action.label,
    })),
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(follow(event.notification.data ?? {}, event.action));
});

async function follow({ id, link = "/", actions = [] }, chosen) {
  const action = actions.find((one) => one.id === chosen);
  if (id) {
    // Best effort: the page that opens tells the truth either way.
    await send("PATCH", `${API}/notifications/${encodeURIComponent(id)}`, {
      read: true,
    });
  }
  if (action?.post) {
    const done = await send("POST", action.post.path, action.post.body);
    return open(done ? link : "/notifications");
  }
  return open(action?.href ?? link);
}

async function send(method, path, body) {
  try {
    const response = await fetch(localPath(path), {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
      credentials: "same-origin",
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** Goes there in a window that is open, else in a new one. */
async function open(link) {
  const url = localPath(link);
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((client) => client.url === url) ?? windows[0];
  try {
    if (there && there.url !== url) await there.navigate(url);
    if (there) return await there.focus();
  } catch {
    // A window that this worker may not send anywhere, or not bring to the front.
  }
  await self.clients.openWindow(url);
}

/** The browser changed its subscription by itself: tell the server, or pushes end silently. */
self.addEventListener(
  "pushsubscriptionchange",
  (event) => event.waitUntil(renew(event)),
);

async function renew({ oldSubscription, newSubscription }) {
  const subscription = newSubscription ??
    await self.registration.pushManager.subscribe(
      oldSubscription?.options ?? await freshOptions(),
    );
  await send("POST", `${API}/push/subscriptions`, {
    subscription: subscription.toJSON(),
    ...oldSubscription ? { replaces: oldSubscription.endpoint } : {},
  });
}

async function freshOptions() {
  const response = await fetch(`${API}/push/key`, {
    credentials: "same-origin",
  });
  const { publicKey } = await response.json();
  return { userVisibleOnly: true, applicationServerKey: publicKey };
}
