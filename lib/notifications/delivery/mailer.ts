import { SECOND } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";

export interface Mail {
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** With angle brackets; the same for every try. */
  messageId: string;
  headers: Record<string, string>;
}

/** Takes e-mails. */
export interface Mailer {
  /**
   * Resolves to what the server answered.
   *
   * @throws {NexoraError} `bad_request` when it refused for good (5xx), `store_unavailable` when a later try may succeed
   */
  send(mail: Mail): Promise<string>;
  close(): Promise<void>;
}

/** For development: says on the console what would have been sent. */
export function logMailer(
  print: (line: string) => void = console.log,
): Mailer {
  return {
    send({ to, subject }) {
      print(`E-mail to ${to}: ${subject} (set SMTP_URL to send it)`);
      return Promise.resolve("written to the log");
    },
    close: () => Promise.resolve(),
  };
}

/** Sends over SMTP. nodemailer is loaded with the first e-mail: most isolates never send one. */
export function smtpMailer(url: string): Mailer {
  let opened: Promise<Transport> | undefined;
  const open = async (): Promise<Transport> => {
    const { default: nodemailer } = await import("nodemailer");
    const target = new URL(url);
    return nodemailer.createTransport({
      host: target.hostname,
      port: target.port ? Number(target.port) : undefined,
      secure: target.protocol === "smtps:",
      ...target.username
        ? {
          auth: {
            user: decodeURIComponent(target.username),
            pass: decodeURIComponent(target.password),
          },
        }
        : {},
      pool: true,
      maxConnections: 2,
      connectionTimeout: 10 * SECOND,
      greetingTimeout: 10 * SECOND,
      socketTimeout: 20 * SECOND,
    }) as Transport;
  };
  return {
    async send(mail) {
      try {
        const transport = await (opened ??= open());
        return (await transport.sendMail(mail)).response;
      } catch (error) {
        const { responseCode, message } = error as {
          responseCode?: number;
          message: string;
        };
        const forGood = responseCode !== undefined && responseCode >= 500;
        throw new NexoraError(
          forGood ? "bad_request" : "store_unavailable",
          `The mail server ${forGood ? "refused" : "failed"}: ${
            message.replace(/\s+/g, " ").slice(0, 200)
          }`,
          { cause: error },
        );
      }
    },
    async close() {
      (await opened?.catch(() => undefined))?.close();
    },
  };
}

interface Transport {
  sendMail(mail: Mail): Promise<{ response: string }>;
  close(): void;
}
