// The clock of the page: it runs while somebody plays, and stands still otherwise.

export const SPEEDS = [5, 10, 20, 40];

/** A clock of days with a fraction; Whoever listens is told when another day begins. */
export class Clock {
  constructor() {
    Object.assign(this, { at: 0, last: 0, speed: SPEEDS[1], isPlaying: false, listeners: new Set() });
    this.frame = (now) => this.#tick(now);
  }

  /** Call `listener(day)` when another day begins and when the clock starts or stops; returns what ends that. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  play(days) {
    this.last = days - 1;
    if (this.at >= this.last) this.at = 0;
    this.isPlaying = true;
    this.before = null;
    requestAnimationFrame(this.frame);
    this.#tell();
  }

  pause() {
    this.isPlaying = false;
    this.#tell();
  }

  /** The day that the clock is in. */
  get day() {
    return Math.floor(this.at);
  }

  /** Put the clock to a day, unless it is in that day. */
  set(day) {
    if (this.day !== day) this.at = day;
  }

  #tick(now) {
    if (!this.isPlaying) return;
    const { day } = this;
    // A page that was hidden gets no frames: it goes on where it was.
    const passed = Math.min(now - (this.before ?? now), 100) / 1000;
    this.before = now;
    this.at = Math.min(this.at + passed * this.speed, this.last);
    if (this.at >= this.last) return this.pause();
    if (this.day !== day) this.#tell();
    requestAnimationFrame(this.frame);
  }

  #tell() {
    for (const listener of this.listeners) listener(this.day);
  }
}

export const clock = new Clock();
