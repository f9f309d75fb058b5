import { html } from "lit";
import uPlot from "uplot";
import { compact, count, hourOf, plural, utc } from "../format.js";
import { Element } from "./element.js";

const HEIGHT = 168;
const HOUR_SECONDS = 3600;

/**
 * Bars by the hour. The picture is hidden from assistive technology; the sentence below the title and the table say the
 * same in words.
 */
class HourChart extends Element {
  static properties = {
    heading: { attribute: false },
    unit: { attribute: false },
    points: { attribute: false },
    tone: { attribute: false },
  };

  #plot = null;
  #sizes = new ResizeObserver(() => this.#resize());
  #redraw = () => this.#draw();

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("exo-theme", this.#redraw);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("exo-theme", this.#redraw);
    this.#sizes.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  render() {
    const total = this.points.reduce((sum, point) => sum + point.value, 0);
    const peak = this.points.reduce((top, point) => (point.value > top.value ? point : top), { value: 0 });
    const summary = total === 0
      ? `No ${this.unit}s in the last 24 hours`
      : `${plural(total, this.unit)}; most, ${count(peak.value)}, in the hour from ${hourOf(peak.at)} UTC`;
    return html`<figure class="panel chart">
      <figcaption><h2>${this.heading}</h2><p class="hint">${summary}</p><p class="hint pointer" aria-hidden="true"></p></figcaption>
      <div class="plot" aria-hidden="true"></div>
      <details>
        <summary>As a table</summary>
        <table>
          <caption class="sr-only">${this.heading}</caption>
          <thead><tr><th scope="col">Hour (UTC)</th><th scope="col" class="number">${this.heading}</th></tr></thead>
          <tbody>${this.points.map((point) => html`<tr><td title=${utc(point.at)}>${hourOf(point.at)}</td><td class="number">${count(point.value)}</td></tr>`)}</tbody>
        </table>
      </details>
    </figure>`;
  }

  firstUpdated() {
    this.#sizes.observe(this.querySelector(".plot"));
  }

  updated(changed) {
    if (changed.has("points")) {
      if (this.#plot) {
        this.#plot.setData(this.#columns());
      } else {
        this.#draw();
      }
    }
  }

  #columns() {
    return [this.points.map((point) => Date.parse(point.at) / 1000), this.points.map((point) => point.value)];
  }

  #draw() {
    const host = this.querySelector(".plot");
    if (!host) {
      return;
    }
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(host.clientWidth), this.#columns(), host);
  }

  #resize() {
    const width = this.querySelector(".plot")?.clientWidth;
    if (this.#plot && width && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: HEIGHT });
    }
  }

  #options(width) {
    const style = getComputedStyle(this);
    const color = (name) => style.getPropertyValue(name).trim();
    const font = `11px ${style.fontFamily}`;
    const grid = { stroke: color("--line"), width: 1 };
    const axis = { stroke: color("--text-muted"), font, ticks: { show: false } };
    return {
      width: Math.max(width, 120),
      height: HEIGHT,
      padding: [8, 4, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: { range: (_plot, first, last) => [first, last + HOUR_SECONDS] }, y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.1)] } },
      hooks: { setCursor: [(plot) => this.#readOut(plot.cursor.idx)] },
      axes: [
        { ...axis, grid: { show: false }, size: 28, space: 60, values: (_plot, ticks) => ticks.map((tick) => this.#hourLabel(tick)) },
        { ...axis, grid, size: 44, space: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6], values: (_plot, ticks) => ticks.map(compact) },
      ],
      series: [
        {},
        { fill: color(this.tone), stroke: color(this.tone), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.72, 28], radius: 0.15, align: 1 }) },
      ],
    };
  }

  /** None at the right edge, where the last hour ends: it would be cut off. */
  #hourLabel(seconds) {
    return seconds * 1000 > Date.parse(this.points.at(-1).at) ? "" : hourOf(seconds * 1000);
  }

  /** For a pointer: the hour below it in place of the summary, which stays what assistive technology reads. */
  #readOut(index) {
    const point = index === null || index === undefined ? null : this.points[index];
    this.querySelector(".pointer").textContent = point ? `${hourOf(point.at)} UTC: ${plural(point.value, this.unit)}` : "";
  }
}
customElements.define("exo-hour-chart", HourChart);
