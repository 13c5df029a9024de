/** Path of Lucide's icon (ISC licence), apart from the others for the page that draws no other. */
export const CHECK_CHECK = "M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16";
