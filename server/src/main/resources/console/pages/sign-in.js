import { html } from "lit";
import { api } from "../api.js";
import { Element } from "../components/element.js";
import { failureBox } from "../components/failure.js";
import { logo } from "../components/icon.js";
import { themeButton } from "../components/status.js";
import { session } from "../session.js";

/** Name and password; the address that was asked for stays, and opens afterwards. */
class SignIn extends Element {
  static properties = { failure: { state: true }, isBusy: { state: true } };

  #render = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("exo-theme", this.#render);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("exo-theme", this.#render);
  }

  firstUpdated() {
    document.title = "Sign in · Exonward";
    this.querySelector("input").focus();
  }

  render() {
    return html`<section class="panel sign-in">
      <div class="sign-in-head">${logo()}<h1 tabindex="-1">Sign in to Exonward</h1>${themeButton()}</div>
      <form @submit=${this.#submit}>
        <label class="field"><span>Name</span><input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64"></label>
        <label class="field"><span>Password</span><input name="password" type="password" autocomplete="current-password" required maxlength="256"></label>
        ${failureBox(this.failure)}
        <button type="submit" class="primary wide" ?disabled=${this.isBusy}>${this.isBusy ? "Signing in…" : "Sign in"}</button>
      </form>
    </section>`;
  }

  async #submit(event) {
    event.preventDefault();
    const values = new FormData(event.target);
    this.isBusy = true;
    this.failure = null;
    try {
      session.begin(await api.createSession(values.get("name"), values.get("password")));
    } catch (failure) {
      this.failure = failure;
      const password = this.querySelector("[name=password]");
      password.value = "";
      password.focus();
    } finally {
      this.isBusy = false;
    }
  }
}
customElements.define("exo-sign-in", SignIn);
