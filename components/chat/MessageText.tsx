import { tokenize } from "./tokens.ts";

/** The words of a message: code, links and line breaks as nodes. */
export function MessageText({ content }: { content: string }) {
  return (
    <div class="message-text">
      {tokenize(content).map((token, i) => {
        switch (token.kind) {
          case "break":
            return <br key={i} />;
          case "code":
            return <code key={i}>{token.text}</code>;
          case "block":
            return <pre key={i} tabIndex={0}><code>{token.text}</code></pre>;
          case "link":
            return (
              <a
                key={i}
                href={token.href}
                target="_blank"
                rel="noopener noreferrer nofollow ugc"
              >
                {token.text}
              </a>
            );
          default:
            return token.text;
        }
      })}
    </div>
  );
}
