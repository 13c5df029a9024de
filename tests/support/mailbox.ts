import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail server on loopback that keeps what it takes. */
export class Mailbox implements AsyncDisposable {
  readonly mails: ParsedMail[] = [];
  /** Answers to the next messages instead of taking them, e.g. 451 or 550. */
  readonly refusals: number[] = [];
  readonly #server;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: async (stream, _session, done) => {
        const mail = await simpleParser(stream);
        const code = this.refusals.shift();
        if (code === undefined) {
          this.mails.push(mail);
          done();
        } else {
          done(Object.assign(new Error("Not now"), { responseCode: code }));
        }
      },
    });
    // A client that goes away in the middle is nothing to fail for.
    this.#server.on("error", () => {});
  }

  static async open(): Promise<Mailbox> {
    const box = new Mailbox();
    await new Promise<void>((resolve) =>
      box.#server.listen(0, "127.0.0.1", () => resolve())
    );
    return box;
  }

  get url(): string {
    const { port } = this.#server.server.address() as { port: number };
    return `smtp://127.0.0.1:${port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
