import { html, nothing } from "lit";
import { api } from "../api.js";
import { count, sentenceWords } from "../format.js";
import { session } from "../session.js";
import { Element } from "./element.js";
import { icon, logo } from "./icon.js";
import { connection, themeButton } from "./status.js";

const RECOUNT_MILLIS = 3_000;

const PLACES = [
  ["overview", "Overview", "viewer"],
  ["alerts", "Alerts", "viewer"],
  ["hosts", "Hosts", "viewer"],
  ["groups", "Groups and rules", "viewer"],
  ["audit", "Audit log", "administrator"],
  ["administration", "Administration", "administrator"],
];

/** Navigation, the state of the connection, the theme and the operator; a bar at the top on narrow screens. */
class Shell extends Element {
  static properties = {
    route: { attribute: false },
    live: { attribute: false },
    openAlerts: { state: true },
    isMenuOpen: { state: true },
  };

  #recount = null;
  #changed = () => {
    this.#recount ??= setTimeout(() => this.#count(), RECOUNT_MILLIS);
  };
  #render = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    this.live.addEventListener("alert", this.#changed);
    this.live.addEventListener("refresh", this.#changed);
    this.live.addEventListener("state", this.#render);
    session.addEventListener("change", this.#render);
    document.addEventListener("exo-theme", this.#render);
    this.#count();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#recount);
    this.live.removeEventListener("alert", this.#changed);
    this.live.removeEventListener("refresh", this.#changed);
    this.live.removeEventListener("state", this.#render);
    session.removeEventListener("change", this.#render);
    document.removeEventListener("exo-theme", this.#render);
  }

  willUpdate(changed) {
    if (changed.has("route")) {
      this.isMenuOpen = false;
    }
  }

  async #count() {
    this.#recount = null;
    try {
      const { alerts } = await api.readOverview();
      this.openAlerts = Object.values(alerts).reduce((sum, value) => sum + value, 0);
    } catch {
      // The page itself shows what is wrong; a badge need not.
    }
  }

  render() {
    const toggle = () => (this.isMenuOpen = !this.isMenuOpen);
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <header class="bar">
        <a class="brand" href="#/overview">${logo()}<span>Exonward</span></a>
        <button type="button" class="icon-button menu-button" aria-label="Menu" aria-expanded=${String(this.isMenuOpen === true)} aria-controls="menu" @click=${toggle}>
          ${icon(this.isMenuOpen ? "close" : "menu")}
        </button>
      </header>
      <div id="menu" class=${this.isMenuOpen ? "menu open" : "menu"}>
        <nav aria-label="Pages"><ul>${PLACES.filter(([, , role]) => session.may(role)).map((place) => this.#place(...place))}</ul></nav>
        <div class="shell-foot">
          ${connection(this.live.state)} ${themeButton()}
          <a class="operator" href="#/account" aria-current=${this.route.name === "account" ? "page" : nothing}>
            ${icon("account")}<span><strong>${session.current?.operator}</strong><small>${sentenceWords(session.current?.role)}</small></span>
          </a>
        </div>
      </div>
    `;
  }

  #place(name, text) {
    const isHere = this.route.name === name || (name === "alerts" && this.route.name === "code");
    const badge = name === "alerts" && this.openAlerts
      ? html`<span class="badge">${count(this.openAlerts)}<span class="sr-only"> open</span></span>`
      : nothing;
    return html`<li><a href="#/${name}" aria-current=${isHere ? "page" : nothing}>${icon(name)}<span>${text}</span>${badge}</a></li>`;
  }

  /** The fragment is the route, so the browser's own jump would leave the page. */
  #skip(event) {
    event.preventDefault();
    document.querySelector("main h1")?.focus();
  }
}
customElements.define("exo-shell", Shell);
