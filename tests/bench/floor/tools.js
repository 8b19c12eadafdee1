// The chips with their numbers, and the choices.

import { mark } from "./row.js";
import { PHASES } from "./states.js";

function chip(phase, label, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `chip phase-${phase}`;
  button.setAttribute("aria-pressed", "false");
  const count = document.createElement("span");
  count.className = "count";
  const words = document.createElement("span");
  words.append(label, " ", count);
  button.append(mark(phase), words);
  if (press) button.addEventListener("click", press);
  const item = document.createElement("li");
  item.append(button);
  return { item, button, count };
}

export class Tools {
  constructor(changed) {
    this.filter = { text: "", phases: new Set(), remote: "", kind: "" };
    const { filter } = this;
    this.phases = new Map(
      PHASES.map((phase) => {
        const press = () => {
          if (!filter.phases.delete(phase)) filter.phases.add(phase);
          made.button.setAttribute("aria-pressed", filter.phases.has(phase));
          changed();
        };
        const made = chip(phase, phase, press);
        return [phase, made];
      }),
    );
    document.querySelector("[aria-label=Phases]").append(...[...this.phases.values()].map(({ item }) => item));
    this.states = new Map();
    this.stateList = document.querySelector("[aria-label=States]");
    for (const [name, key] of [["remotes", "remote"], ["kinds", "kind"]]) {
      this[name] = document.querySelector(`.${name}`);
      this[name].addEventListener("change", () => {
        filter[key] = this[name].value;
        changed();
      });
    }
    const box = document.querySelector("[type=search]");
    box.addEventListener("input", () => {
      filter.text = box.value;
      changed();
    });
  }

  /** Shows the numbers of a view. */
  show({ counts, remotes, kinds }) {
    for (const [phase, { item, count }] of this.phases) {
      const number = counts.phases.get(phase) ?? 0;
      count.textContent = number;
      item.classList.toggle("none", number === 0 && !this.filter.phases.has(phase));
    }
    for (const [name, { state }] of counts.states) {
      if (this.states.has(name)) continue;
      const made = chip(state.phase, state.label);
      this.states.set(name, made);
      this.stateList.append(made.item);
    }
    for (const [name, { item, count }] of this.states) {
      count.textContent = counts.states.get(name)?.count ?? 0;
      item.classList.toggle("none", !counts.states.has(name));
    }
    this.#choose(this.remotes, remotes);
    this.#choose(this.kinds, kinds);
  }

  #choose(select, values) {
    const wanted = ["", ...[...values].sort()];
    const held = [...select.options].map(({ value }) => value);
    if (held.join("\n") === wanted.join("\n") && held.length > 0) return;
    const { value } = select;
    select.replaceChildren(...wanted.map((value) => new Option(value || "any", value)));
    select.value = value;
  }
}
