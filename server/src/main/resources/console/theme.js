// Classic script on purpose: a module would run after the first paint and flash the other theme.
(() => {
  const KEY = "exonward-theme";
  const light = matchMedia("(prefers-color-scheme: light)");

  function chosen() {
    // Storage throws where the browser blocks it; then the system's theme it is.
    try {
      const value = localStorage.getItem(KEY);
      return value === "light" || value === "dark" ? value : "system";
    } catch {
      return "system";
    }
  }

  function apply() {
    const choice = chosen();
    const theme = choice === "system" ? (light.matches ? "light" : "dark") : choice;
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.themeChoice = choice;
    document.dispatchEvent(new Event("exo-theme"));
  }

  document.addEventListener("exo-theme-choose", (event) => {
    try {
      if (event.detail === "system") {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, event.detail);
      }
    } catch {
      // Not remembered then.
    }
    apply();
  });
  light.addEventListener("change", apply);
  apply();
})();
