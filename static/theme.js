// Switches the theme in place; lib/pages/theme.ts reads the cookie.
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-switch]")) return;
  event.preventDefault();
  const { value } = event.submitter;
  document.documentElement.dataset.theme = value;
  document.cookie =
    `nexora_theme=${value}; Path=/; Max-Age=31536000; SameSite=Lax`;
  document.querySelectorAll("[data-theme-switch] button").forEach((button) =>
    button.setAttribute("aria-pressed", button.value === value)
  );
});
