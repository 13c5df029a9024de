import { useMemo } from "preact/hooks";
import { isOnlyEmoji } from "./only_emoji.ts";
import { Blocks } from "./markdown/Markdown.tsx";
import { parseMarkdown } from "../../lib/markdown/parse.ts";

/** The words of a message, as people format them. */
export function MessageText({ content }: { content: string }) {
  const blocks = useMemo(() => parseMarkdown(content), [content]);
  return (
    <div class={isOnlyEmoji(content) ? "message-text large" : "message-text"}>
      <Blocks blocks={blocks} />
    </div>
  );
}
