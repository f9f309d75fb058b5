import { html, nothing } from "lit";
import { session } from "../session.js";
import { Element } from "./element.js";
import { failureBox } from "./failure.js";
import "./dialog.js";

const REFRESH_MILLIS = 1_000;

/**
 * Base of the pages: loads its data when the route changes, again when the live stream says that they changed, and
 * renders once in a while so that relative times stay true. A page gives fetchData, heading, view.
 */
export class Page extends Element {
  static properties = {
    route: { attribute: false },
    live: { attribute: false },
    data: { state: true },
    failure: { state: true },
    isLoading: { state: true },
  };

  /** How often relative times are rendered anew; one with a countdown wants it every second. */
  static tickMillis = 15_000;

  #abort = null;
  #refresh = null;
  #ticker = null;
  #onLive = (event) => {
    if (event.type === "refresh" || this.isAffectedBy(event.type, event.detail)) {
      this.refreshSoon();
    }
  };

  /** What failed for want of the server is tried again as soon as it answers. */
  #onSession = () => {
    if (session.isReachable && this.failure?.code === "unreachable") {
      this.refreshSoon();
    }
  };

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener("change", this.#onSession);
    this.#ticker = setInterval(() => this.requestUpdate(), this.constructor.tickMillis);
    for (const type of ["alert", "host", "refresh"]) {
      this.live.addEventListener(type, this.#onLive);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    session.removeEventListener("change", this.#onSession);
    clearInterval(this.#ticker);
    clearTimeout(this.#refresh);
    this.#abort?.abort();
    for (const type of ["alert", "host", "refresh"]) {
      this.live.removeEventListener(type, this.#onLive);
    }
  }

  willUpdate(changed) {
    if (changed.has("route")) {
      if (changed.get("route")?.path !== this.route.path) {
        this.data = null;
      }
      this.routeChanged();
      this.reload();
    }
  }

  updated() {
    document.title = `${this.windowTitle()} · Exonward`;
  }

  /** The heading as plain text, for the window. */
  windowTitle() {
    return this.heading();
  }

  /** Whether a change of this kind touches what the page shows. */
  isAffectedBy(_kind, _object) {
    return false;
  }

  /** For state that belongs to one address, such as the place in a list. */
  routeChanged() {}

  async reload() {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.isLoading = true;
    try {
      const data = await this.fetchData(abort.signal);
      if (!abort.signal.aborted) {
        this.data = data;
        this.failure = null;
      }
    } catch (failure) {
      if (!abort.signal.aborted) {
        this.failure = failure;
      }
    } finally {
      if (!abort.signal.aborted) {
        this.isLoading = false;
      }
    }
  }

  /** A storm of changes costs one call a second, not one each. */
  refreshSoon() {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = null;
      this.reload();
    }, REFRESH_MILLIS);
  }

  /** Opens the dialog of the page; see exo-dialog. */
  ask(question) {
    this.querySelector("exo-dialog").open(question);
  }

  render() {
    return html`
      <header class="page-head">
        <div class="page-title">
          ${this.above?.() ?? nothing}
          <h1 tabindex="-1">${this.heading()}</h1>
          ${this.below?.() ?? nothing}
        </div>
        ${this.actions?.() ?? nothing}
      </header>
      ${failureBox(this.failure, () => this.reload())}
      <div class="page-body" aria-busy=${String(this.isLoading === true)}>
        ${this.data ? this.view(this.data) : this.failure ? nothing : html`<p class="loading">Loading…</p>`}
      </div>
      <exo-dialog></exo-dialog>
    `;
  }
}
