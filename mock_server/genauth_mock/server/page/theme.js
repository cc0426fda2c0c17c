// Sets the chosen look before the first paint; runs as a plain script in <head> for that reason.
(() => {
  const chosen = localStorage.getItem("genauth-mock.theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
