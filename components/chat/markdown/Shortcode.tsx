import { useEffect, useState } from "preact/hooks";

/** An emoji by its name, once the list of names is there; what is no name stays as it was typed. */
export function Shortcode({ name }: { name: string }) {
  const [char, setChar] = useState<string | undefined>(undefined);
  useEffect(() => {
    let current = true;
    import("../../../lib/markdown/emoji.ts").then(({ emojiOf }) => {
      if (current) setChar(emojiOf(name));
    }, () => {});
    return () => current = false;
  }, [name]);
  const typed = `:${name}:`;
  return char ? <span title={typed}>{char}</span> : <>{typed}</>;
}
