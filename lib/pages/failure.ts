import { HttpError } from "fresh";
import { NexoraError } from "../errors.ts";
import { readBytes } from "../http/body.ts";

/** What went wrong with a form, for the page that shows it again. */
export interface FormFailure {
  message: string;
  fields: Record<string, string>;
  /** What was typed, so that nobody types it twice. Never a password. */
  values: Record<string, string>;
}

/** A failure that the form's page shows. Anything that is not the caller's doing is thrown on. */
export function formFailure(
  error: unknown,
  form: FormData,
): FormFailure & { status: number } {
  if (!(error instanceof NexoraError) || error.status >= 500) throw error;
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && name !== "password") values[name] = value;
  }
  return {
    message: error.message,
    fields: error.fields ?? {},
    values,
    status: error.status,
  };
}

/** Runs a page's reading; what the platform refuses becomes the error page of that status. */
export async function orErrorPage<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NexoraError) {
      throw new HttpError(error.status, error.message, { cause: error });
    }
    throw error;
  }
}

/**
 * A posted form, of bounded size.
 *
 * @throws {HttpError} 400 when the body is no form, 413 when it is too large
 */
export function readForm(
  request: Request,
  limit?: number,
): Promise<FormData> {
  return orErrorPage(async () => {
    const type = request.headers.get("content-type") ?? "";
    const bytes = await readBytes(request, limit);
    try {
      return await new Response(bytes, { headers: { "content-type": type } })
        .formData();
    } catch (cause) {
      throw new NexoraError("bad_request", undefined, { cause });
    }
  });
}
