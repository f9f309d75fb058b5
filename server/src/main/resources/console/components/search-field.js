import { html } from "lit";
import { icon } from "./icon.js";
import { Element } from "./element.js";

const SETTLED_MILLIS = 300;

/** A search that follows the typing, once the typing pauses. */
class SearchField extends Element {
  static properties = { label: { attribute: false }, hint: { attribute: false }, value: { attribute: false }, onSearch: { attribute: false } };

  #pause = null;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
  }

  render() {
    return html`<label class="filter search">
      <span>${this.label}</span>
      <span class="search-box">${icon("search")}<input type="search" name="q" maxlength="256" placeholder=${this.hint} spellcheck="false" autocomplete="off" @input=${this.#typed} @change=${this.#commit}></span>
    </label>`;
  }

  updated(changed) {
    const input = this.querySelector("input");
    // What the operator is typing wins over what comes back late.
    if (changed.has("value") && input !== document.activeElement) {
      input.value = this.value;
    }
  }

  #typed() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#commit(), SETTLED_MILLIS);
  }

  #commit() {
    clearTimeout(this.#pause);
    const text = this.querySelector("input").value.trim();
    if (text !== this.value) {
      this.onSearch(text);
    }
  }
}
customElements.define("exo-search", SearchField);

/** The label stands above the field, the hint in it while it is empty. */
export function searchField(label, hint, value, onSearch) {
  return html`<exo-search .label=${label} .hint=${hint} .value=${value} .onSearch=${onSearch}></exo-search>`;
}
