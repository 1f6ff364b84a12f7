// Names on the map that do not lie on each other: those of the most people first, where there is room.

import { made } from "./marks.mjs";
import { people } from "../words/numbers.mjs";

const HIGH = 14;
const FEW = 12;
let measure = null;

function wide(words, font) {
  measure ??= document.createElement("canvas").getContext("2d");
  measure.font = font;
  return measure.measureText(words).width;
}

const overlap = (one, other) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y
    + one.height;

/** Draws names into a layer. */
export class Names {
  constructor(layer) {
    this.layer = layer;
    this.family = getComputedStyle(document.body).fontFamily;
    this.written = [];
  }

  /** Find room for names of places, countries and regions; `chosen` come first, nothing lies on `covered` boxes. */
  place({ marks, lands, frame, size, chosen = new Set(), covered = [] }) {
    const circles = marks.filter(({ r }) => r > 3).map(({ x, y, r }) =>
      box(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8));
    const taken = [...covered, ...circles];
    const rank = (mark) => (chosen.has(mark.at) ? Infinity : mark.number);
    const order = [...marks].sort((one, other) => rank(other) - rank(one));
    const [countries, regions] = [lands.filter(({ kind }) => kind !== "region"),
      lands.filter(({ kind }) => kind === "region")];
    this.written = [];
    const found = [
      ...this.#places(order.slice(0, FEW), taken, size, chosen), ...this.#lands(countries, taken, frame, size),
      ...this.#places(order.slice(FEW), taken, size, chosen), ...this.#lands(regions, taken, frame, size),
    ];
    this.layer.replaceChildren(...found);
  }

  /** Write the people of the day beside the names that are there. */
  show() {
    for (const { mark, number } of this.written) {
      const words = mark.number >= 0.5 ? ` ${people(mark.number)}` : "";
      if (number.textContent !== words) number.textContent = words;
    }
  }

  #places(marks, taken, size, chosen) {
    return marks.flatMap((mark) => {
      const width = wide(`${mark.place.name} ${people(mark.number)}`, `12px ${this.family}`) + 4;
      const spot = [[mark.r + 3, -HIGH / 2], [-mark.r - 3 - width, -HIGH / 2], [-width / 2, -mark.r - HIGH - 1],
        [-width / 2, mark.r + 1]].map(([right, down]) => box(mark.x + right, mark.y + down, width, HIGH))
        .find((one) => isFree(one, taken, size));
      if (!spot) return [];
      taken.push(spot);
      const isChosen = chosen.has(mark.at);
      const text = made("text", { x: spot.x.toFixed(1), y: (spot.y + HIGH - 3.5).toFixed(1), class: isChosen
        ? "name chosen" : "name" });
      const number = made("tspan", { class: "number" });
      text.append(made("tspan", {}, mark.place.name), number);
      this.written.push({ mark, number });
      return [text];
    });
  }

  #lands(lands, taken, frame, size) {
    return lands.flatMap((land) => {
      if (land.x === null || land.x === undefined) return [];
      const width = wide(land.name, `12px ${this.family}`) * 1.15;
      const [x, y] = [frame.k * land.x + frame.x, frame.k * land.y + frame.y];
      const spot = [0, -16, 16, -32, 32].map((down) => box(x - width / 2, y - HIGH / 2 + down, width, HIGH))
        .find((one) => isFree(one, taken, size));
      if (!spot) return [];
      taken.push(spot);
      return [made("text", { x: spot.x.toFixed(1), y: (spot.y + HIGH - 3.5).toFixed(1), class: `land ${land.kind}` },
        land.name)];
    });
  }
}

const box = (x, y, width, height) => ({ x, y, width, height });

const isFree = (one, taken, size) =>
  one.x >= 2 && one.y >= 2 && one.x + one.width <= size.width - 2 && one.y + one.height <= size.height - 2 &&
  !taken.some((other) => overlap(one, other));
