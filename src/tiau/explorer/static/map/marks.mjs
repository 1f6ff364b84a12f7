// Circles of places, made once and then changed in place: a play changes all of them many times a second.

import { people } from "../words/numbers.mjs";

const SVG = "http://www.w3.org/2000/svg";
const LARGEST = 26;
const LEAST = 1.7;
const SAME = 0.01;

export const made = (name, attributes = {}, text = "") => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
};

/** The most people that each place has on any day. */
export function peaksOf(table, scenario) {
  return scenario.places.map((_, at) => {
    let most = 0;
    for (let day = 0; table && day < table.days; day += 1) most = Math.max(most, table.at(at, day) || 0);
    return most;
  });
}

/** Sizes of circles: the largest number of the scenario's own run is the largest circle, areas are in proportion. */
export function scaleOf(table, scenario) {
  const peaks = peaksOf(table, scenario);
  const most = scenario.places.reduce((found, { x }, at) => (x === null ? found : Math.max(found, peaks[at])), 10);
  return { most, radius: (number) => Math.min(2 * LARGEST, LARGEST * Math.sqrt(Math.max(0, number) / most)) };
}

export class Marks {
  constructor(layer, scenario, choose) {
    this.scenario = scenario;
    this.layer = layer;
    this.choose = choose;
    this.marks = [];
    layer.replaceChildren();
  }

  /** Make the circles, those that become large below those that stay small. */
  make(peaks) {
    const located = this.scenario.places.map((place, at) => ({ place, at })).filter(({ place }) => place.x !== null);
    located.sort((one, other) => peaks[other.at] - peaks[one.at]);
    this.marks = located.map(({ place, at }) => this.#mark(place, at));
    this.layer.replaceChildren(...this.marks.map(({ group }) => group));
  }

  #mark(place, at) {
    const kind = place.left ? "left" : place.abroad ? "abroad" : "inside";
    const group = made("g", { class: `place ${kind}`, role: "button", tabindex: "-1" });
    const [ring, disc, reach] = [made("circle", { class: "ring" }), made("circle", { class: "disc" }),
      made("circle", { class: "reach", r: 9 })];
    group.append(reach, disc, ring);
    group.addEventListener("click", (event) => { event.stopPropagation(); this.choose(at); });
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.choose(at);
    });
    return { at, place, group, ring, disc, drawn: NaN, ringed: NaN, side: "", number: 0, x: 0, y: 0 };
  }

  put(frame) {
    for (const mark of this.marks) {
      mark.x = frame.k * mark.place.x + frame.x;
      mark.y = frame.k * mark.place.y + frame.y;
      mark.group.setAttribute("transform", `translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`);
    }
  }

  /** Show a day: `before` is the table of the scenario's own run where something is changed, else null. */
  show(now, before, day, scale) {
    for (const mark of this.marks) {
      mark.number = now ? now.at(mark.at, day) || 0 : 0;
      mark.r = Math.max(LEAST, scale.radius(mark.number));
      if (Math.abs(mark.r - mark.drawn) > 0.05 || Number.isNaN(mark.drawn)) {
        mark.disc.setAttribute("r", mark.r.toFixed(1));
        mark.drawn = mark.r;
      }
      this.#compare(mark, before ? before.at(mark.at, day) || 0 : null, scale);
    }
  }

  #compare(mark, was, scale) {
    const r = was === null ? 0 : scale.radius(was);
    const differs = was !== null && Math.abs(mark.number - was) > Math.max(1, SAME * was);
    const side = differs ? (mark.number > was ? "more" : "fewer") : "";
    if (side !== mark.side) {
      mark.group.classList.remove("more", "fewer");
      if (side) mark.group.classList.add(side);
      mark.side = side;
    }
    const ringed = differs ? Math.max(LEAST, r) : 0;
    if (Math.abs(ringed - mark.ringed) < 0.05) return;
    mark.ring.setAttribute("r", ringed.toFixed(1));
    mark.ringed = ringed;
  }

  /** Mark what is followed, and say each place with its people to who does not see it. */
  say(followed) {
    const chosen = new Set(followed?.places ?? []);
    const isPlace = followed?.level === "place";
    for (const { at, group, place, number } of this.marks) {
      group.classList.toggle("chosen", isPlace && chosen.has(at));
      group.classList.toggle("within", !isPlace && chosen.has(at));
      group.setAttribute("aria-label", `${place.name}: ${people(number)} people`);
      group.setAttribute("aria-pressed", String(isPlace && chosen.has(at)));
    }
  }

  /** Give the focus to the next (1) or previous (-1) place, the most people first. */
  step(by) {
    const order = [...this.marks].sort((one, other) => other.number - one.number);
    const at = order.findIndex(({ group }) => group === document.activeElement);
    const next = order[(at + by + order.length) % order.length] ?? order[0];
    next?.group.focus();
    return next;
  }
}
