import { html } from "lit";
import { session } from "../session.js";
import { icon } from "./icon.js";

const CONNECTIONS = {
  live: ["good", "Live", "Changes arrive as they happen"],
  connecting: ["quiet", "Connecting", "The live stream is being opened"],
  offline: ["bad", "Offline", "The server cannot be reached"],
  polling: ["warn", "Polling", "The live stream is interrupted; the page asks every 10 seconds"],
};

/** How fresh the page is. */
export function connection(streamState) {
  const [tone, text, title] = CONNECTIONS[session.isReachable ? streamState : "offline"];
  return html`<p class="connection" title=${title} role="status"><span class="state ${tone}">${text}</span></p>`;
}

const THEMES = ["system", "light", "dark"];

/** One button through system, light and dark; its name says what is chosen. */
export function themeButton() {
  const choice = document.documentElement.dataset.themeChoice ?? "system";
  const following = THEMES[(THEMES.indexOf(choice) + 1) % THEMES.length];
  const choose = () => document.dispatchEvent(new CustomEvent("exo-theme-choose", { detail: following }));
  return html`<button type="button" class="icon-button" aria-label=${`Theme: ${choice}. Change to ${following}`} title=${`Theme: ${choice}`} @click=${choose}>
    ${icon(choice)}
  </button>`;
}
