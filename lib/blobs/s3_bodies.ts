import { AwsClient } from "aws4fetch";
import { NexoraError } from "../errors.ts";
import { partsOf } from "./parts.ts";
import type { BlobBodies } from "./types.ts";

export interface S3Options {
  /** E.g. `https://s3.eu-central-1.amazonaws.com`; the bucket is the first part of the path. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Bytes of a part of a multipart upload; S3 wants at least 5 MiB of all but the last. */
const PART = 5 * 1024 * 1024;
/** Attempts of a request that fails with 5xx or 429. */
const RETRIES = 4;
/** Milliseconds for a request up to its headers. */
const TIMEOUT = 30_000;

/**
 * Contents in any S3-compatible store. Up to 5 MiB go in one PUT, more in parts, so that an upload of any size needs
 * the memory of one part.
 */
export function s3Bodies(options: S3Options): BlobBodies {
  const { bucket, region, accessKeyId, secretAccessKey } = options;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: "s3",
    retries: RETRIES,
  });
  const root = `${options.endpoint.replace(/\/+$/, "")}/${bucket}`;
  const urlOf = (id: string, query = "") =>
    `${root}/${id.split("/").map(encodeURIComponent).join("/")}${query}`;

  async function ask(
    method: string,
    url: string,
    init: {
      body?: Uint8Array<ArrayBuffer> | string;
      headers?: HeadersInit;
      also?: number[];
    } = {},
  ): Promise<Response> {
    const { also = [], ...rest } = init;
    let response: Response;
    try {
      response = await client.fetch(url, {
        method,
        ...rest,
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch (cause) {
      throw new NexoraError("store_unavailable", undefined, { cause });
    }
    if (response.ok || also.includes(response.status)) return response;
    const text = await response.text();
    throw new NexoraError("store_unavailable", undefined, {
      cause: new Error(
        `S3 answered ${response.status} to ${method}: ${text.slice(0, 300)}`,
      ),
    });
  }

  async function upload(
    id: string,
    type: string,
    first: Uint8Array<ArrayBuffer>,
    rest: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  ): Promise<void> {
    const begun = await ask("POST", urlOf(id, "?uploads="), {
      headers: { "content-type": type },
    });
    const uploadId = textOf(await begun.text(), "UploadId");
    const within = (query: string) =>
      urlOf(id, `?${query}uploadId=${encodeURIComponent(uploadId)}`);
    try {
      const tags: string[] = [];
      const send = async (part: Uint8Array<ArrayBuffer>) => {
        const url = within(`partNumber=${tags.length + 1}&`);
        const answer = await ask("PUT", url, { body: part });
        await answer.body?.cancel();
        tags.push(answer.headers.get("etag") ?? "");
      };
      await send(first);
      for await (const part of rest) await send(part);
      const parts = tags.map((tag, i) =>
        `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`
      );
      const done = await ask("POST", within(""), {
        body: `<CompleteMultipartUpload>${
          parts.join("")
        }</CompleteMultipartUpload>`,
      });
      // S3 may say 200 and then report an error in the body.
      const text = await done.text();
      if (text.includes("<Error>")) throw new Error(text.slice(0, 300));
    } catch (error) {
      await ask("DELETE", within(""), { also: [404] })
        .then((answer) => answer.body?.cancel()).catch(() => {});
      throw error;
    }
  }

  return {
    name: "s3",
    async write(id, type, body) {
      const parts = partsOf(body, PART);
      const first = await parts.next();
      const bytes = first.done ? new Uint8Array() : first.value;
      if (bytes.length === PART) return await upload(id, type, bytes, parts);
      const answer = await ask("PUT", urlOf(id), {
        body: bytes,
        headers: { "content-type": type },
      });
      await answer.body?.cancel();
    },
    read(id, { from, to }) {
      let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          reader ??= (await ask("GET", urlOf(id), {
            headers: { range: `bytes=${from}-${to}` },
          })).body!.getReader();
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => reader?.cancel(reason),
      });
    },
    async remove(id) {
      const answer = await ask("DELETE", urlOf(id), { also: [404] });
      await answer.body?.cancel();
    },
  };
}

/** The text of an element that occurs once, in S3's flat XML. */
function textOf(xml: string, element: string): string {
  const found = xml.match(new RegExp(`<${element}>([^<]*)</${element}>`))?.[1];
  if (found) return found;
  throw new NexoraError("store_unavailable", undefined, {
    cause: new Error(`S3 sent no ${element}`),
  });
}
