/** Whether somebody opens a page to look at it: a browser's navigation, not a program, nor a page fetched ahead. */
export function isVisit({ method, headers }: Request): boolean {
  if (method !== "GET") return false;
  if (/prefetch/.test(headers.get("sec-purpose") ?? "")) return false;
  const destination = headers.get("sec-fetch-dest");
  // Browsers without fetch metadata still say that they would like a page.
  return destination === null
    ? headers.get("accept")?.includes("text/html") ?? false
    : destination === "document";
}
