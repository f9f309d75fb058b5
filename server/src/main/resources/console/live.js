const POLL_MILLIS = 10_000;
const RETRY_MILLIS = 5_000;

/**
 * Changes as they happen. Fires "alert" and "host" with the object as detail, "refresh" when something may have been
 * missed, and "state" when the way changes: connecting, live, or polling (the stream is down, so pages ask by themselves).
 */
export class LiveStream extends EventTarget {
  #source = null;
  #poll = null;
  #retry = null;
  #state = "connecting";

  get state() {
    return this.#state;
  }

  start() {
    this.#open();
  }

  stop() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#retry);
    this.#stopPolling();
  }

  #open() {
    this.#source?.close();
    const source = new EventSource("/api/v1/stream");
    this.#source = source;
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#broken(source));
    for (const kind of ["alert", "host"]) {
      source.addEventListener(kind, (event) => this.#relay(kind, event.data));
    }
  }

  #opened() {
    this.#stopPolling();
    // The stream tells only what happens from now on: whatever happened during the gap has to be asked for.
    if (this.#state === "polling") {
      this.dispatchEvent(new Event("refresh"));
    }
    this.#become("live");
  }

  #broken(source) {
    this.#become("polling");
    this.#poll ??= setInterval(() => document.hidden || this.dispatchEvent(new Event("refresh")), POLL_MILLIS);
    // The browser retries a cut stream by itself, but not one that was answered with an error.
    if (source.readyState === EventSource.CLOSED && this.#source === source) {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#open(), RETRY_MILLIS);
    }
  }

  #relay(kind, data) {
    try {
      this.dispatchEvent(new CustomEvent(kind, { detail: JSON.parse(data) }));
    } catch {
      this.dispatchEvent(new Event("refresh"));
    }
  }

  #stopPolling() {
    clearInterval(this.#poll);
    this.#poll = null;
  }

  #become(state) {
    if (this.#state !== state) {
      this.#state = state;
      this.dispatchEvent(new Event("state"));
    }
  }
}
