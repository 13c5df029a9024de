/** Writes a room's new topic where the server has drawn the one before: in the bar, and on a phone in the room's menu. */
export function showTopic(topic: string): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-topic]")) {
    place.title = place.textContent = topic || place.dataset.topic!;
  }
}
