// Starts the app. A file of its own, as the page's policy allows no scripts inside the page.
import init from "./{{js}}";
init({ module_or_path: "./{{wasm}}" }).catch((trouble) => {
  // The app starts a worker with this file, too; it hears of the trouble as an error.
  if (typeof document === "undefined") return void setTimeout(() => { throw trouble; });
  const line = document.createElement("p");
  line.setAttribute("role", "alert");
  line.textContent = `Tidemark could not start: ${trouble}. Reload the page, or use a newer browser.`;
  document.body.append(line);
});
