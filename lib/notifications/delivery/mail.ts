import { createHash } from "node:crypto";
import type { User } from "../../users/mod.ts";
import { formatsFor, languageOf } from "../text/mod.ts";
import type { NotificationView } from "../types.ts";
import type { Mail } from "./mailer.ts";
import type { DeliveryDeps } from "./types.ts";
import { unsubscribeToken } from "./unsubscribe.ts";

type Recipient = Pick<
  User,
  "id" | "name" | "email" | "locale" | "timeZone"
>;
type MailDeps = Pick<DeliveryDeps, "kv" | "site" | "mailFrom">;

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** One line without control characters: what people wrote must not begin a header of its own. */
function headerText(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim().slice(0, 200);
}

/** The same for every try at the same e-mail, so that a mailbox can tell a double. */
function messageId(site: string, ...of: (string | number)[]): string {
  const name = createHash("sha256").update(of.join("\n")).digest("hex")
    .slice(0, 32);
  return `<${name}@${new URL(site).hostname}>`;
}

/** The e-mail about one notification. `version` tells one that has grown from what was sent before. */
export async function mailOf(
  deps: MailDeps,
  to: Recipient,
  view: NotificationView,
  version: number,
): Promise<Mail> {
  const { words } = languageOf(to.locale);
  const action = view.actions.find((a) => "href" in a);
  const button = action && "href" in action
    ? { label: action.label, href: action.href }
    : { label: words.mail.open, href: view.link };
  return await compose(deps, to, {
    subject: view.title,
    messageId: messageId(deps.site, to.id, view.id, version),
    unsubscribe: await unsubscribeToken(deps.kv, {
      userId: to.id,
      type: view.type,
    }),
    text: [view.title, view.body, `${deps.site}${button.href}`],
    html: `${heading(`${view.emoji} ${view.title}`)}
${paragraph(view.body)}
${buttonHtml(deps.site + button.href, button.label)}`,
  });
}

/** One e-mail about several. */
export async function digestOf(
  deps: MailDeps,
  to: Recipient,
  views: NotificationView[],
  due: number,
): Promise<Mail> {
  const { words } = languageOf(to.locale);
  const lead = words.mail.digestLead(to.name);
  const count = formatsFor(to).number(views.length);
  const link = (view: NotificationView) => deps.site + view.link;
  return await compose(deps, to, {
    subject: words.mail.digest(count),
    messageId: messageId(deps.site, to.id, "digest", due),
    unsubscribe: await unsubscribeToken(deps.kv, { userId: to.id, type: null }),
    text: [
      lead,
      ...views.map((v) => `${v.title}\n${v.body}\n${link(v)}`),
    ],
    html: `${paragraph(lead)}
${
      views.map((view) =>
        `<p style="margin:0 0 16px;font-size:15px;line-height:22px"><a href="${
          escapeHtml(link(view))
        }" style="color:#3b4fd8;font-weight:600;text-decoration:none">${
          escapeHtml(`${view.emoji} ${view.title}`)
        }</a><br>${escapeHtml(view.body)}</p>`
      ).join("\n")
    }
${buttonHtml(`${deps.site}/notifications`, words.mail.open)}`,
  });
}

interface Content {
  subject: string;
  messageId: string;
  /** A token. */
  unsubscribe: string;
  /** Paragraphs. */
  text: string[];
  html: string;
}

function compose(
  { site, mailFrom }: MailDeps,
  to: Recipient,
  content: Content,
): Mail {
  const { words } = languageOf(to.locale);
  const { why, settings, unsubscribe } = words.mail;
  const settingsUrl = `${site}/settings/notifications`;
  const unsubscribeUrl = `${site}/unsubscribe/${content.unsubscribe}`;
  return {
    from: mailFrom,
    to: to.email,
    subject: headerText(content.subject),
    messageId: content.messageId,
    headers: {
      "List-Unsubscribe": `<${unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      // So that no out-of-office note answers (RFC 3834).
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
    text: [
      ...content.text,
      `-- \n${why}\n${settings}: ${settingsUrl}\n${unsubscribe}: ${unsubscribeUrl}`,
    ].join("\n\n"),
    html: `<!doctype html>
<html lang="${escapeHtml(to.locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:560px;margin:0 auto">
${content.html}
<hr style="border:0;border-top:1px solid #8884;margin:32px 0 16px">
<p style="margin:0;font-size:13px;line-height:20px;opacity:.75">${
      escapeHtml(why)
    }<br><a href="${escapeHtml(settingsUrl)}" style="color:inherit">${
      escapeHtml(settings)
    }</a> · <a href="${escapeHtml(unsubscribeUrl)}" style="color:inherit">${
      escapeHtml(unsubscribe)
    }</a></p>
</div>
</body>
</html>`,
  };
}

const heading = (text: string) =>
  `<h1 style="margin:0 0 12px;font-size:20px;line-height:28px">${
    escapeHtml(text)
  }</h1>`;

const paragraph = (text: string) =>
  `<p style="margin:0 0 20px;font-size:15px;line-height:22px;white-space:pre-line">${
    escapeHtml(text)
  }</p>`;

const buttonHtml = (href: string, label: string) =>
  `<p style="margin:0"><a href="${
    escapeHtml(href)
  }" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#3b4fd8;color:#fff;font-size:15px;font-weight:600;text-decoration:none">${
    escapeHtml(label)
  }</a></p>`;
