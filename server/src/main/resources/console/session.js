const ROLES = ["viewer", "analyst", "administrator"];

/**
 * The one store of the console: who is signed in, and whether the server can be reached. Fires "change".
 */
class SessionStore extends EventTarget {
  #current = null;
  #isReachable = true;

  /** The session as the API gave it; null if nobody is signed in. */
  get current() {
    return this.#current;
  }

  get csrfToken() {
    return this.#current?.csrf_token ?? null;
  }

  get isReachable() {
    return this.#isReachable;
  }

  /** Whether the operator has this role or a higher one. The server decides in the end; this only hides buttons. */
  may(role) {
    return this.#current !== null && ROLES.indexOf(this.#current.role) >= ROLES.indexOf(role);
  }

  begin(session) {
    this.#current = session;
    this.#changed();
  }

  end() {
    if (this.#current !== null) {
      this.#current = null;
      this.#changed();
    }
  }

  setReachable(isReachable) {
    if (this.#isReachable !== isReachable) {
      this.#isReachable = isReachable;
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

export const session = new SessionStore();
