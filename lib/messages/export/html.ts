import type { ExportEntry, ExportHead } from "./types.ts";

const MARKS: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark]!);
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
header, li { border-bottom: 1px solid; padding-bottom: .75rem; }
ol { list-style: none; padding: 0; }
li { margin: .75rem 0; }
.reply { margin-left: 2rem; }
.about, code { font-size: .8125rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 3px solid; }
code { overflow-wrap: anywhere; }
`;

const time = (at: number) => {
  const iso = new Date(at).toISOString();
  return `<time datetime="${iso}">${
    iso.replace("T", " ").slice(0, 19)
  } UTC</time>`;
};

const DEEDS = { new: "wrote", edit: "changed it to", delete: "deleted it" };

/** An export as one page to read, without scripts; what people wrote is text in it. */
export async function* htmlOf(
  head: ExportHead,
  entries: AsyncIterable<ExportEntry>,
): AsyncGenerator<string> {
  const { room, chain, exportedAt, exportedBy } = head;
  const title = escape(room.name || room.channel);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>Exported ${time(exportedAt)} by ${escape(exportedBy.name)} (@${
    escape(exportedBy.handle)
  }).</p>
<p>${chain.entries} entries. Every entry has the hash of the one before it, so the last one stands for all:<br>
<code>${escape(chain.hash)}</code></p>
<p class="about">The export as JSON can be checked with <code>deno task verify-export FILE</code>.</p>
</header>
<ol>
`;
  for await (const entry of entries) yield item(entry);
  yield "</ol>\n</body>\n</html>\n";
}

function item(entry: ExportEntry): string {
  const { n, kind, author, byId, words, at, parentId, messageId, hash } = entry;
  const name = author ? `${author.name} (@${author.handle})` : byId;
  const who = byId === author?.id ? name : `${byId}, of ${name},`;
  return `<li${parentId ? ' class="reply"' : ""} id="e${n}">
<p class="about">#${n} ${time(at)} <strong>${escape(who)}</strong> ${
    DEEDS[kind]
  } · message ${escape(messageId)}${
    parentId ? ` in the thread of ${escape(parentId)}` : ""
  }</p>
${
    words?.quote
      ? `<blockquote>${escape(words.quote.author.name)}: ${
        escape(words.quote.excerpt)
      }</blockquote>\n`
      : ""
  }${
    words
      ? `<p class="text">${escape(words.content)}</p>`
      : kind === "delete"
      ? ""
      : '<p class="about">These words were deleted.</p>'
  }${
    (words?.attachments ?? []).map((file) =>
      `<p class="about">File: ${escape(file.name)}, ${file.size} bytes</p>`
    ).join("")
  }
<code>${escape(hash)}</code>
</li>
`;
}
