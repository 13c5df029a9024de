/** The dev server's script: reloads the page when the app has changed. */
export const LIVE_RELOAD: string = `
let seen;
function connect() {
  const events = new EventSource("/_frsh/alive");
  events.onmessage = ({ data }) => {
    if (seen !== undefined && seen !== data) location.reload();
    seen = data;
  };
  events.addEventListener("css", () => {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("t", Date.now());
      link.href = url;
    }
  });
  // The server restarts: try again at once, then ever more slowly.
  events.onerror = () => {
    events.close();
    setTimeout(connect, 150);
  };
  addEventListener("pagehide", () => events.close(), { once: true });
}
connect();
`;
