import { html, nothing } from "lit";
import { api } from "./api.js";
import { Element } from "./components/element.js";
import { icon } from "./components/icon.js";
import { LiveStream } from "./live.js";
import { parseRoute } from "./router.js";
import { session } from "./session.js";
import { visibleText } from "./text.js";
import "./components/shell.js";
import "./pages/sign-in.js";
import "./pages/overview.js";
import "./pages/alerts.js";
import "./pages/alert.js";
import "./pages/hosts.js";
import "./pages/host.js";
import "./pages/groups.js";
import "./pages/group.js";
import "./pages/code.js";
import "./pages/audit.js";
import "./pages/administration.js";
import "./pages/account.js";

const NOTICE_MILLIS = 6_000;
const REACH_MILLIS = 4_000;

const PAGES = {
  overview: (route, live) => html`<exo-overview .route=${route} .live=${live}></exo-overview>`,
  alerts: (route, live) => route.id
    ? html`<exo-alert .route=${route} .live=${live}></exo-alert>`
    : html`<exo-alerts .route=${route} .live=${live}></exo-alerts>`,
  hosts: (route, live) => route.id
    ? html`<exo-host .route=${route} .live=${live}></exo-host>`
    : html`<exo-hosts .route=${route} .live=${live}></exo-hosts>`,
  groups: (route, live) => route.id
    ? html`<exo-group .route=${route} .live=${live}></exo-group>`
    : html`<exo-groups .route=${route} .live=${live}></exo-groups>`,
  code: (route, live) => html`<exo-code .route=${route} .live=${live}></exo-code>`,
  audit: (route, live) => html`<exo-audit .route=${route} .live=${live}></exo-audit>`,
  administration: (route, live) => html`<exo-administration .route=${route} .live=${live}></exo-administration>`,
  account: (route, live) => html`<exo-account .route=${route} .live=${live}></exo-account>`,
};

/** The whole console: sign-in or the shell with one page, and the messages around them. */
class App extends Element {
  static properties = {
    route: { state: true },
    isKnown: { state: true },
    notice: { state: true },
    announcement: { state: true },
  };

  #live = null;
  #notice = null;
  #reach = null;
  #operator = null;

  constructor() {
    super();
    this.route = parseRoute(location.hash);
    this.isKnown = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("hashchange", () => this.#navigate());
    session.addEventListener("change", () => this.#sessionChanged());
    this.addEventListener("exo-notice", (event) => this.#show(event.detail));
    this.#resume();
  }

  async #resume() {
    try {
      session.begin(await api.readSession());
      this.isKnown = true;
    } catch (failure) {
      // 401 is the answer "nobody"; anything else is no answer yet, and reachability asks again.
      this.isKnown = failure.status === 401;
      if (!this.isKnown) {
        this.#reachSoon();
      }
    }
  }

  #sessionChanged() {
    if (session.current && !this.#live) {
      this.#live = new LiveStream();
      this.#live.addEventListener("alert", (event) => this.#announce(event.detail));
      this.#live.start();
    } else if (!session.current && this.#live) {
      this.#live.stop();
      this.#live = null;
    }
    this.requestUpdate();
    if (this.#operator !== session.current?.operator) {
      this.#operator = session.current?.operator ?? null;
      this.updateComplete.then(() => this.#operator && this.#focusHeading());
    }
    if (!session.isReachable) {
      this.#reachSoon();
    }
  }

  #reachSoon() {
    this.#reach ??= setTimeout(async () => {
      this.#reach = null;
      if (!this.isKnown) {
        await this.#resume();
      } else if (!session.isReachable) {
        await api.readHealth().catch(() => session.isReachable || this.#reachSoon());
      }
    }, REACH_MILLIS);
  }

  async #navigate() {
    const before = this.route.path;
    this.route = parseRoute(location.hash);
    if (this.route.path !== before) {
      await this.updateComplete;
      scrollTo(0, 0);
      this.#focusHeading();
    }
  }

  async #focusHeading() {
    const page = this.querySelector("main > *");
    await page?.updateComplete;
    page?.querySelector("h1")?.focus({ preventScroll: true });
  }

  #announce(alert) {
    if (alert.status === "new") {
      this.announcement = `${alert.severity} alert: ${visibleText(alert.title)}`;
    }
  }

  #show(message) {
    clearTimeout(this.#notice);
    this.notice = message;
    this.#notice = setTimeout(() => (this.notice = null), NOTICE_MILLIS);
  }

  render() {
    return html`
      ${session.isReachable
        ? nothing
        : html`<div class="offline" role="alert">${icon("warning")} The server cannot be reached. What you see may be old; trying again.</div>`}
      ${this.#content()}
      <div class="notice" role="status">${this.notice ? html`<p>${this.notice}</p>` : nothing}</div>
      <div class="sr-only" aria-live="polite">${this.announcement ?? nothing}</div>
    `;
  }

  #content() {
    if (!this.isKnown && !session.current) {
      return html`<main class="center"><p class="loading">Connecting…</p></main>`;
    }
    if (!session.current) {
      return html`<main class="center"><exo-sign-in></exo-sign-in></main>`;
    }
    const page = PAGES[this.route.name];
    return html`<div class="shell">
      <exo-shell .route=${this.route} .live=${this.#live}></exo-shell>
      <main id="main">
        ${page
          ? page(this.route, this.#live)
          : html`<header class="page-head"><h1 tabindex="-1">No such page</h1></header><p><a href="#/overview">Go to the overview</a></p>`}
      </main>
    </div>`;
  }
}
customElements.define("exo-app", App);
