/**
 * What a room is about: its topic, or else what it is in general. `follow_topic.ts` writes a new topic into it.
 */
export function Topic({ topic, about }: { topic: string; about: string }) {
  return <span data-topic={about} title={topic || about}>{topic || about}
  </span>;
}
