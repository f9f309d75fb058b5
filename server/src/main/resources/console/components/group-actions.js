import { html, nothing } from "lit";
import { api } from "../api.js";
import { plural } from "../format.js";
import { note } from "./failure.js";
import { reasonField } from "./fields.js";

/** Ends the learning of a group. */
export function freeze(group, baseline, done) {
  return {
    heading: `Freeze the baseline of ${group.name}`,
    submit: "Freeze",
    body: html`
      <p>${plural(baseline.code_objects, "code object")} and ${plural(baseline.packages, "package")} become what ${group.name} may run. From then on anything else raises an alert.</p>
      ${baseline.new_last_hour > 0
        ? note(`${plural(baseline.new_last_hour, "code object")} ran for the first time in the last hour. Frozen now, the baseline is likely to miss some.`, "warn", "warning")
        : nothing}
      ${reasonField("For example: one week of normal work was seen")}`,
    action: async ({ reason }) => {
      await api.freezeBaseline(group.name, reason);
      await done(`The baseline of ${group.name} is frozen`);
    },
  };
}

/** Sets learn or monitor. */
export function modeChange(group, done) {
  const modes = [
    ["learn", "Learn", "What runs is recorded into the baseline and raises no alert. Whatever an attacker runs meanwhile is learned too."],
    ["monitor", "Monitor", "The baseline is frozen; code outside of it raises an alert."],
  ];
  return {
    heading: `Change the mode of ${group.name}`,
    submit: "Change",
    body: html`
      <fieldset class="choices">
        <legend>Mode</legend>
        ${modes.map(([code, name, meaning]) => html`<label><input type="radio" name="mode" value=${code} ?checked=${code === group.mode} required><span><b>${name}</b><span class="below hint">${meaning}</span></span></label>`)}
      </fieldset>
      <label class="field"><span>Learn for</span><input name="learn_for" pattern="[0-9]+(s|m|h|d)" placeholder="7d" spellcheck="false" autocomplete="off" aria-describedby="learn-hint"><span id="learn-hint" class="hint">For learn only, such as 12h or 7d. Empty: until somebody freezes it.</span></label>
      ${reasonField()}`,
    action: async ({ mode, reason, learn_for: learnFor }) => {
      await api.setGroupMode(group.name, { mode, reason, learn_for: mode === "learn" && learnFor ? learnFor : null });
      await done(`${group.name} is in ${mode} mode`);
    },
  };
}
