import { define } from "../../lib/http/define.ts";
import {
  formFailure,
  readForm,
  seeOther,
  toSignIn,
  withFlash,
} from "../../lib/pages/mod.ts";
import {
  PICTURE_LIMIT,
  removePicture,
  setPicture,
} from "../../lib/users/mod.ts";

/** What a form has around the file. */
const FORM_LIMIT = PICTURE_LIMIT + 8 * 1024;

export const handler = define.handlers({
  GET: () => seeOther("/settings"),
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    let form = new FormData();
    try {
      form = await readForm(ctx.req, FORM_LIMIT);
      if (form.has("remove")) {
        await removePicture(platform, user.id);
        return seeOther(withFlash("/settings", "settings.pictureRemoved"));
      }
      const file = form.get("picture");
      const bytes = file instanceof File
        ? new Uint8Array(await file.arrayBuffer())
        : new Uint8Array();
      await setPicture(platform, user.id, bytes);
      return seeOther(withFlash("/settings", "settings.pictureSaved"));
    } catch (error) {
      // The page of settings has more forms than this; it shows by its address what is wrong.
      const { code } = pictureFailure(error, form);
      return seeOther(`/settings?picture=${code}#settings-picture`);
    }
  },
});

/** Why a picture was refused, as the page of settings knows it. */
function pictureFailure(error: unknown, form: FormData): { code: string } {
  const status = error instanceof Error && "status" in error
    ? error.status
    : formFailure(error, form).status;
  if (status === 413) return { code: "large" };
  if (status === 415 || status === 400) return { code: "type" };
  throw error;
}
