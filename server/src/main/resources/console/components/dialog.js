import { html, nothing } from "lit";
import { Element } from "./element.js";
import { failureBox } from "./failure.js";
import { icon } from "./icon.js";

/**
 * One question to the operator. open({heading, body, submit, isDangerous, action}): body is a template with the fields,
 * action gets their values by name and may throw; what it throws is shown and the dialog stays. The browser's modal
 * dialog keeps the focus within and gives it back; where the button that opened it is gone, the page's heading gets it.
 */
class Dialog extends Element {
  static properties = { question: { state: true }, failure: { state: true }, isBusy: { state: true } };

  #opener = null;

  async open(question) {
    this.#opener = document.activeElement;
    this.question = question;
    this.failure = null;
    this.isBusy = false;
    await this.updateComplete;
    const dialog = this.querySelector("dialog");
    dialog.showModal();
    // Left to itself, the browser focuses the button that closes.
    (dialog.querySelector(".dialog-body :is(input, select, textarea)") ?? dialog.querySelector("footer button")).focus();
  }

  render() {
    if (!this.question) {
      return nothing;
    }
    const { heading, body, submit, isDangerous } = this.question;
    return html`<dialog aria-labelledby="dialog-heading" @close=${this.#closed} @cancel=${this.#cancel}>
      <form method="dialog" @submit=${this.#submit}>
        <header>
          <h2 id="dialog-heading">${heading}</h2>
          <button type="button" class="icon-button" aria-label="Close" ?disabled=${this.isBusy} @click=${this.#close}>${icon("close")}</button>
        </header>
        <div class="dialog-body">${body}${failureBox(this.failure)}</div>
        <footer>
          <button type="button" ?disabled=${this.isBusy} @click=${this.#close}>${submit ? "Cancel" : "Close"}</button>
          ${submit
            ? html`<button type="submit" class=${isDangerous ? "danger" : "primary"} ?disabled=${this.isBusy}>${submit}</button>`
            : nothing}
        </footer>
      </form>
    </dialog>`;
  }

  #close() {
    this.querySelector("dialog").close();
  }

  #cancel(event) {
    // Escape must not hide a change that is on its way.
    if (this.isBusy) {
      event.preventDefault();
    }
  }

  #closed() {
    // Removed from the page, so that neither old fields nor a secret that was shown once stay in it.
    this.question = null;
    if (!this.#opener?.isConnected) {
      this.closest("main")?.querySelector("h1")?.focus();
    }
  }

  async #submit(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    const { action } = this.question;
    this.isBusy = true;
    this.failure = null;
    try {
      const next = await action(values);
      this.isBusy = false;
      if (next) {
        this.question = next;
      } else {
        this.#close();
      }
    } catch (failure) {
      this.failure = failure;
      this.isBusy = false;
    }
  }
}
customElements.define("exo-dialog", Dialog);
