import type { VNode } from "preact";
import { CodeBlock } from "./CodeBlock.tsx";
import { Mention } from "./Mention.tsx";
import { Shortcode } from "./Shortcode.tsx";
import type { Block, Inline } from "../../../lib/markdown/types.ts";

/** Blocks of a message as nodes. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return <>{blocks.map(drawBlock)}</>;
}

function drawBlock(block: Block, key: number): VNode {
  switch (block.kind) {
    case "paragraph":
      return <p key={key}>{block.children.map(drawInline)}</p>;
    case "code":
      return (
        <CodeBlock
          key={key}
          language={block.language}
          text={block.text}
        />
      );
    case "quote":
      return (
        <blockquote key={key}>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <Blocks blocks={item} />
        </li>
      ));
      return block.start === null
        ? <ul key={key}>{items}</ul>
        : <ol key={key} start={block.start}>{items}</ol>;
    }
  }
}

function drawInline(node: Inline, key: number): VNode | string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "break":
      return <br key={key} />;
    case "code":
      return <code key={key}>{node.text}</code>;
    case "strong":
      return <strong key={key}>{node.children.map(drawInline)}</strong>;
    case "em":
      return <em key={key}>{node.children.map(drawInline)}</em>;
    case "strike":
      return <s key={key}>{node.children.map(drawInline)}</s>;
    case "link":
      return (
        <a
          key={key}
          href={node.href}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
        >
          {node.children.map(drawInline)}
        </a>
      );
    case "mention":
      return <Mention key={key} handle={node.handle} />;
    case "emoji":
      return <Shortcode key={key} name={node.name} />;
  }
}
