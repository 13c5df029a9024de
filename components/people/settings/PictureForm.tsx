import { usePageReader } from "../../../lib/i18n/mod.ts";
import type { Frame } from "../../../lib/pages/mod.ts";
import { IMAGE_TYPES } from "../../../lib/blobs/mod.ts";
import { Avatar } from "../../Avatar.tsx";
import { Notice } from "../../forms/Notice.tsx";

/** One's picture: a plain file input and two buttons, so it works before scripts. */
export function PictureForm(
  { me, wrong }: { me: Frame["me"]; wrong?: string },
) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="settings-picture">
      <div class="section-head">
        <div>
          <h2 id="settings-picture">{t("settings.picture")}</h2>
          <p>{t("settings.pictureLead")}</p>
        </div>
      </div>
      <div class="card picture-card">
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <div class="picture-row">
          <Avatar {...me} size={72} />
          <form
            method="post"
            action="/settings/picture"
            encType="multipart/form-data"
            class="picture-form"
          >
            <label class="unseen" for="picture-file">
              {t("settings.chooseFile")}
            </label>
            <input
              id="picture-file"
              class="input file-input"
              type="file"
              name="picture"
              accept={IMAGE_TYPES.join(",")}
              required
            />
            <button type="submit" class="button primary">
              {t("settings.upload")}
            </button>
          </form>
          {me.picture && (
            <form method="post" action="/settings/picture">
              <input type="hidden" name="remove" value="1" />
              <button type="submit" class="button danger">
                {t("settings.removePicture")}
              </button>
            </form>
          )}
        </div>
      </div>
    </section>
  );
}
