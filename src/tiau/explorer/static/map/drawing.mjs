// The moving part of the map: it holds frame, circles, names and dots together and draws what changed of them.

import { clock } from "../state/clock.mjs";
import { Dots } from "./dots.mjs";
import { fitted, focused, moved, zoomed } from "./frame.mjs";
import { Marks, peaksOf, scaleOf } from "./marks.mjs";
import { Names } from "./names.mjs";
import { presence } from "../asking/presence.mjs";

const ARROWS = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };

export class Drawing {
  /** `parts` are the elements to draw into: box, land, marks, names, canvas; `choose(place)` is called. */
  constructor(parts, scenario, choose) {
    Object.assign(this, { parts, scenario, shown: null, frame: null, peaks: null, isOwn: false, loop: null });
    this.marks = new Marks(parts.marks, scenario, choose);
    this.names = new Names(parts.names);
    this.dots = new Dots(parts.canvas, scenario);
    this.marks.make(new Float64Array(scenario.places.length));
    this.scale = scaleOf(null, scenario);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => { this.dots.colours(); this.drawDots(); };
    dark.addEventListener("change", recolour);
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(parts.box);
    const ends = [clock.listen(() => this.tick()), () => dark.removeEventListener("change", recolour),
      () => this.watcher.disconnect(), () => cancelAnimationFrame(this.loop)];
    this.end = () => ends.forEach((end) => end());
    this.resize();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.parts.box;
    if (!width || !height) return;
    const isWhole = this.frame === this.whole;
    this.size = { width, height };
    this.whole = fitted(this.scenario, width, height);
    this.put(!this.frame || isWhole ? this.whole : this.isOwn ? this.frame : this.first());
  }

  /** The view that nobody chose: where most people are. */
  first() {
    const { width, height } = this.size;
    return (this.peaks && focused(this.scenario, this.peaks, this.whole, width, height)) ?? this.whole;
  }

  put(frame) {
    this.frame = frame;
    this.parts.land.setAttribute("transform", `translate(${frame.x} ${frame.y}) scale(${frame.k / 10})`);
    this.marks.put(frame);
    this.dots.put(frame, this.size, Math.min(devicePixelRatio, 2));
    this.name();
    this.drawDots();
  }

  /** Show a moment: outcome, day and what is followed. */
  show(shown) {
    const before = this.shown;
    this.shown = shown;
    const { outcome, scenario } = { ...shown, scenario: this.scenario };
    const { baseline } = outcome;
    if (before?.outcome.baseline.expected !== baseline.expected) this.measure(presence(scenario, baseline));
    this.isChanged = outcome.now !== outcome.baseline;
    if (before?.outcome !== outcome || !this.now) {
      this.now = presence(scenario, outcome.now);
      this.was = this.isChanged ? presence(scenario, { expected: outcome.baseline.expected }) : null;
    }
    if (clock.isPlaying) return this.people(clock.day);
    this.people(shown.day);
    // While somebody drags, numbers change in their places: names that jump about are not read, and cost most.
    const isMoving = Boolean(outcome.now.light) && before?.day === shown.day && before.followed === shown.followed;
    if (isMoving) return;
    this.marks.say(shown.followed);
    this.name();
    const flow = outcome.now.expected?.flow;
    if (flow) this.dots.take(flow);
    this.drawDots();
  }

  people(day) {
    this.marks.show(this.now, this.was, day, this.scale);
    this.names.show();
  }

  measure(table) {
    if (!table) return;
    this.scale = scaleOf(table, this.scenario);
    this.peaks = peaksOf(table, this.scenario);
    this.marks.make(this.peaks);
    if (this.frame) this.put(this.isOwn ? this.frame : this.first());
  }

  name() {
    if (!this.frame || !this.shown) return;
    const followed = this.shown.followed;
    const chosen = new Set(followed?.level === "place" ? followed.places : []);
    const { marks: { marks }, scenario: { map: { land: lands } }, frame, size } = this;
    this.names.place({ marks, lands, frame, size, chosen, covered: this.covered() });
    this.names.show();
  }

  /** What lies above the map: its legend and buttons. */
  covered() {
    const { left, top } = this.parts.box.getBoundingClientRect();
    return [...this.parts.box.parentElement.querySelectorAll(".legend, .zoom")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x - left, y: y - top, width, height };
    });
  }

  drawDots() {
    if (this.frame && !clock.isPlaying) this.dots.draw(clock.at);
  }

  /** Show the day that the clock came to, and dots with every frame while it runs. */
  tick() {
    if (!clock.isPlaying) return;
    if (this.shown && this.frame) this.people(clock.day);
    if (this.loop !== null) return;
    const frame = () => {
      this.dots.draw(clock.at);
      this.loop = clock.isPlaying ? requestAnimationFrame(frame) : null;
    };
    this.loop = requestAnimationFrame(frame);
  }

  zoom(by, at = { x: this.size.width / 2, y: this.size.height / 2 }) {
    this.isOwn = true;
    this.put(zoomed(this.frame, by, at, this.whole));
  }

  fit() {
    this.isOwn = true;
    this.put(this.whole);
  }

  move(right, down) {
    this.isOwn = true;
    this.put(moved(this.frame, right, down, this.scenario.map, this.size));
  }

  /** What a key does to the map; false where it is not one of its keys. */
  key(key) {
    if (key in ARROWS) this.move(...ARROWS[key]);
    else if (key === "+" || key === "=") this.zoom(1.5);
    else if (key === "-") this.zoom(1 / 1.5);
    else if (key === "0") this.fit();
    else if (key === "n" || key === "p") this.seen(this.marks.step(key === "n" ? 1 : -1));
    else return false;
    return true;
  }

  /** Bring a mark into sight. */
  seen(mark) {
    if (!mark) return;
    const { width, height } = this.size;
    const isSeen = mark.x > 10 && mark.y > 10 && mark.x < width - 10 && mark.y < height - 10;
    if (!isSeen) this.move(width / 2 - mark.x, height / 2 - mark.y);
  }
}
