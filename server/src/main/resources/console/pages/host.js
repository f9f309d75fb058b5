import { html, nothing } from "lit";
import { api } from "../api.js";
import { coveragePanel, lossPanel } from "../components/coverage.js";
import { sumWords } from "../components/coverage-text.js";
import { executionTable } from "../components/executions.js";
import { note } from "../components/failure.js";
import { fact, reasonField } from "../components/fields.js";
import { ledgerPanel } from "../components/ledger.js";
import { actionTable, loadTable } from "../components/loads.js";
import { state } from "../components/marks.js";
import { Cursors, pager } from "../components/pager.js";
import { Page } from "../components/page.js";
import { exactly, when } from "../components/time.js";
import { untrusted, untrustedShort } from "../components/untrusted.js";
import { bytes, count, sentenceWords } from "../format.js";
import { href } from "../router.js";
import { session } from "../session.js";
import { visibleText } from "../text.js";

const LIMIT = 25;
const PERIODS = 100;
const DAY_MILLIS = 86_400_000;
const LISTS = {
  executions: {
    title: "Executions", none: "No execution is recorded.", table: executionTable,
    read: (id, page, sha256, signal) => api.listExecutions(id, { ...page, sha256 }, signal),
  },
  loads: {
    title: "Code loads", none: "No code load is recorded.", table: loadTable,
    read: (id, page, sha256, signal) => api.listCodeLoads(id, { ...page, sha256 }, signal),
  },
  actions: {
    title: "Actions", none: "No action is recorded.", table: actionTable,
    read: (id, page, _sha256, signal) => api.listActions(id, page, signal),
  },
};
const FACT_NAMES = {
  os_name: "System", os_version: "Version", cpu_model: "Processor", cpu_count: "CPUs", memory_bytes: "Memory",
  booted_at: "Booted", machine_id: "Machine ID",
};

/** One host: what it is, what its sensors can see, what ran. */
class HostPage extends Page {
  #cursors = new Cursors();

  heading() {
    return this.data ? untrustedShort(this.data.detail.host.hostname, 100) : "Host";
  }

  windowTitle() {
    return this.data ? visibleText(this.data.detail.host.hostname, 64) : "Host";
  }

  routeChanged() {
    this.#cursors = new Cursors();
  }

  isAffectedBy(kind, object) {
    return kind === "host" && object?.id === this.route.id;
  }

  async fetchData(signal) {
    const { id, query } = this.route;
    const kind = this.#kind();
    const page = { limit: LIMIT, after: this.#cursors.current };
    const [detail, ledger, list] = await Promise.all([
      api.readHost(id, signal),
      api.readCoverage(id, { limit: PERIODS, from: new Date(Date.now() - this.#days() * DAY_MILLIS).toISOString() }, signal),
      LISTS[kind].read(id, page, query.sha256, signal),
    ]);
    // The kind beside its rows: while another kind is loaded, these are still shown.
    return { detail, ledger, kind, list };
  }

  #days() {
    return Number(this.route.query.days ?? 1) || 1;
  }

  #kind() {
    return this.route.query.show in LISTS ? this.route.query.show : "executions";
  }

  above() {
    return html`<p class="crumbs"><a href="#/hosts">Hosts</a><span aria-hidden="true">/</span>${this.data ? state(this.data.detail.host.state) : nothing}</p>`;
  }

  below() {
    const host = this.data?.detail.host;
    return host
      ? html`<p class="lede">${untrustedShort(host.os ?? "", 80)} · group <a href=${href("groups", host.group)}>${host.group}</a> · last seen ${when(host.last_seen_at)} ·
          <a href=${href("alerts", null, { host_id: host.id })}>${host.open_alerts === 1 ? "1 open alert" : `${count(host.open_alerts)} open alerts`}</a></p>`
      : nothing;
  }

  actions() {
    const host = this.data?.detail.host;
    return host && host.state !== "banned" && session.may("administrator")
      ? html`<div class="actions"><button type="button" class="danger" @click=${() => this.ask(this.#ban(host))}>Ban…</button></div>`
      : nothing;
  }

  view({ detail, ledger, kind, list }) {
    const { title, none, table } = LISTS[kind];
    return html`
      ${detail.ban ? note(html`<b>Banned</b> by ${untrustedShort(detail.ban.actor, 40)} ${when(detail.ban.at)}: ${untrusted(detail.ban.reason, 300)}`, "bad", "warning") : nothing}
      ${detail.host.open_alerts === 0 ? note(html`<b>No open alerts on this host.</b> Coverage in the last 24 h: ${sumWords(detail.coverage_day)}.`, detail.coverage_day.is_whole ? "good" : "", "check") : nothing}
      <div class="columns wide-left top">
        <div class="flow">${coveragePanel(detail.coverage)} ${ledgerPanel(ledger, this.route, this.#days())} ${lossPanel(detail.losses)}</div>
        <div class="flow">${this.#agent(detail)} ${this.#facts(detail)}</div>
      </div>
      <section class="panel flush" aria-labelledby="happened">
        <header class="panel-head">
          <h2 id="happened">${title}</h2>
          <nav class="tabs" aria-label="What happened">${Object.entries(LISTS).map(([name, it]) => html`<a
            href=${href("hosts", this.route.id, { ...this.route.query, show: name })} aria-current=${name === kind ? "true" : nothing}>${it.title}</a>`)}</nav>
          ${this.route.query.sha256 ? html`<a href=${href("hosts", this.route.id)}>Of all code</a>` : nothing}
        </header>
        ${list.items.length > 0 ? table(list.items) : html`<p class="empty">${none}</p>`}
      </section>
      ${pager(this.#cursors, list.next, () => this.reload())}
    `;
  }

  #agent({ host, agent }) {
    const has = (value) => value !== null && value !== undefined;
    return html`<section class="panel" aria-labelledby="agent">
      <h2 id="agent">Agent</h2>
      <dl class="facts">
        ${fact("Version", untrustedShort(host.agent_version, 40))}
        ${fact("Memory", has(agent.resident_bytes) ? `${bytes(agent.resident_bytes)} resident` : null)}
        ${fact("CPU", has(agent.cpu_millis) ? `${count(Math.round(agent.cpu_millis / 1000))} s since it started` : null)}
        ${fact("Spool", has(agent.spool_events) ? `${count(agent.spool_events)} events, ${bytes(agent.spool_bytes)}` : null)}
        ${fact("Policy", has(agent.policy_version) ? `version ${agent.policy_version}` : null)}
        ${fact("Enrolled", when(host.enrolled_at))}
        ${fact("Certificate", has(agent.certificate_expires_at) ? html`expires ${when(agent.certificate_expires_at)}` : null)}
      </dl>
    </section>`;
  }

  #facts({ host, facts }) {
    return html`<section class="panel" aria-labelledby="facts">
      <h2 id="facts">Host</h2>
      <dl class="facts">
        ${fact("Kernel", untrustedShort(host.kernel_version, 80))}
        ${Object.entries(facts ?? {}).map(([name, value]) => fact(FACT_NAMES[name] ?? sentenceWords(name), factValue(name, value)))}
        ${fact("Host ID", html`<code>${host.id}</code>`)}
      </dl>
    </section>`;
  }

  #ban(host) {
    return {
      heading: "Ban this host",
      submit: "Ban for good",
      isDangerous: true,
      body: html`<p>The agent on <b>${untrustedShort(host.hostname, 64)}</b> is refused from now on and its stream is cut. This cannot be taken back: the host has to enroll anew.</p>
        <p class="hint">The programs on the host keep running, but nothing more is seen of them.</p>
        ${reasonField("For example: the machine was compromised, incident 14")}`,
      action: async ({ reason }) => {
        await api.banHost(host.id, reason);
        this.notify("The host is banned");
        await this.reload();
      },
    };
  }
}
customElements.define("exo-host", HostPage);

function factValue(name, value) {
  if (value === null || value === undefined || value === "") {
    return null;
  }
  if (name.endsWith("_bytes") && typeof value === "number") {
    return bytes(value);
  }
  if (name.endsWith("_at") && typeof value === "string") {
    return exactly(value);
  }
  return Array.isArray(value)
    ? html`<ul class="lines">${value.map((item) => html`<li>${untrustedShort(item, 80)}</li>`)}</ul>`
    : untrusted(typeof value === "object" ? JSON.stringify(value) : value, 120);
}
