// People on their way as dots: where each of them is follows from the day alone, so nothing is kept between frames.
//
// A dot is on a route for `ALONG` days until it comes to the end of it, on a day on which the expected run has people
// come there. Dots are pixels of one image: twenty thousand of them cost less than a frame without a graphics card.

import { roundUp } from "../words/numbers.mjs";

const ALONG = 8;
export const MOST = 20000;
const FEW = 3000;
const LANE = 2.5;

/** How many people a dot is, so that never more than `MOST` are on their way at once. */
export function peopleOfADot(flow, most = MOST) {
  const [routes, days] = flow.shape;
  const daily = new Float64Array(days);
  for (let route = 0; route < routes; route += 1) {
    for (let day = 0; day < days; day += 1) daily[day] += flow.data[route * days + day] || 0;
  }
  let [sum, largest] = [0, 0];
  for (let day = 0; day < days; day += 1) {
    sum += daily[day] - (day > ALONG ? daily[day - ALONG - 1] : 0);
    largest = Math.max(largest, sum);
  }
  return Math.max(1, roundUp(Math.max(largest, 1) / most));
}

export class Dots {
  constructor(canvas, scenario) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.scenario = scenario;
    this.flow = null;
    this.each = 1;
    this.alive = 0;
    this.colours();
  }

  /** Take the colours of the page, which differ in the dark. */
  colours() {
    const style = getComputedStyle(this.canvas);
    this.inks = ["--way", "--inside"].map((name) => ink(style.getPropertyValue(name).trim()));
  }

  /** Sort what comes to the end of routes by day: (route, dots) pairs, one day after the other. */
  take(flow) {
    if (this.flow === flow) return;
    this.flow = flow;
    this.each = peopleOfADot(flow);
    const [routes, days] = flow.shape;
    const { places, routes: ways } = this.scenario;
    const drawn = ways.map(({ from, to }) => places[from].x !== null && places[to].x !== null);
    this.first = new Int32Array(days + 1);
    const [route, count] = [[], []];
    for (let day = 0; day < days; day += 1) {
      for (let way = 0; way < routes; way += 1) {
        const dots = drawn[way] ? Math.floor((flow.data[way * days + day] || 0) / this.each + share(way, day, -1)) : 0;
        if (dots > 0) { route.push(way); count.push(dots); }
      }
      this.first[day + 1] = route.length;
    }
    this.route = Int32Array.from(route);
    this.count = Int32Array.from(count);
    this.ends = new Float32Array(routes * 4);
    this.hue = Uint8Array.from(ways, ({ to }) => (places[to].abroad ? 0 : 1));
  }

  /** Where routes lie on the screen. */
  put(frame, size, density = 1) {
    const [width, height] = [Math.max(1, Math.round(size.width * density)),
      Math.max(1, Math.round(size.height * density))];
    if (this.canvas.width !== width || this.canvas.height !== height || !this.image) {
      Object.assign(this.canvas, { width, height });
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    this.density = density;
    this.frame = frame;
  }

  /** Draw the moment `at`, in days with a fraction. */
  draw(at) {
    if (!this.image) return;
    this.pixels.fill(0);
    this.alive = 0;
    if (this.flow) this.#fill(at);
    this.dense = this.alive > FEW;
    this.context.putImageData(this.image, 0, 0);
  }

  #ends() {
    const { places, routes } = this.scenario;
    const [k, x, y] = [this.frame.k * this.density, this.frame.x * this.density, this.frame.y * this.density];
    for (let way = 0; way < routes.length; way += 1) {
      const [from, to] = [places[routes[way].from], places[routes[way].to]];
      this.ends[4 * way] = k * from.x + x;
      this.ends[4 * way + 1] = k * from.y + y;
      this.ends[4 * way + 2] = k * to.x + x;
      this.ends[4 * way + 3] = k * to.y + y;
    }
    this.laid = this.frame;
    this.laidFlow = this.flow;
  }

  #fill(at) {
    if (this.laid !== this.frame || this.laidFlow !== this.flow) this.#ends();
    const last = Math.min(Math.floor(at + ALONG), this.first.length - 2);
    const lane = LANE * this.density;
    for (let day = Math.max(0, Math.floor(at)); day <= last; day += 1) {
      for (let entry = this.first[day]; entry < this.first[day + 1]; entry += 1) this.#route(entry, day, at, lane);
    }
  }

  #route(entry, day, at, lane) {
    const { ends, pixels, density } = this;
    const { width, height } = this.image;
    const way = this.route[entry];
    const x = ends[4 * way];
    const y = ends[4 * way + 1];
    const across = ends[4 * way + 2] - x;
    const down = ends[4 * way + 3] - y;
    const long = Math.max(1, Math.sqrt(across * across + down * down));
    const colour = this.inks[this.hue[way]];
    const side = Math.max(2, Math.round((this.dense ? 2 : 3) * density));
    for (let dot = 0; dot < this.count[entry]; dot += 1) {
      const progress = 1 - (day + share(way, day, dot) - at) / ALONG;
      if (progress < 0 || progress > 1) continue;
      const aside = (lane * (2 * share(dot, way, day) - 1)) / long;
      const left = Math.round(x + across * progress - down * aside - side / 2);
      const top = Math.round(y + down * progress + across * aside - side / 2);
      this.alive += 1;
      if (left < 0 || top < 0 || left + side > width || top + side > height) continue;
      for (let row = top; row < top + side; row += 1) {
        const start = row * width + left;
        for (let pixel = start; pixel < start + side; pixel += 1) pixels[pixel] = colour;
      }
    }
  }
}

/** A number from 0 to 1 that is the same whenever it is asked for the same. */
function share(one, other, third) {
  let mixed = Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b) ^ Math.imul(third + 2, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
}

/** A colour #rrggbb as a pixel of an image. */
function ink(colour) {
  const number = Number.parseInt(colour.slice(1), 16);
  return ((255 << 24) | ((number & 255) << 16) | (number & 0xff00) | (number >> 16)) >>> 0;
}
