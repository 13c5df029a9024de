import { z } from "zod";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import {
  orErrorPage,
  readForm,
  seeOther,
  themeCookie,
  THEMES,
} from "../../lib/pages/mod.ts";

const Choice = z.object({ theme: z.enum(THEMES), back: z.string().optional() });

export const handler = define.handlers({
  GET: () => seeOther("/settings"),
  POST(ctx) {
    return orErrorPage(async () => {
      const { theme, back } = parseFields(
        Choice,
        Object.fromEntries(await readForm(ctx.req)),
      );
      return seeOther(back ?? "/settings", {
        "set-cookie": themeCookie(theme),
      });
    });
  },
});
