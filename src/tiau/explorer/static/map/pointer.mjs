// The pointer on the map: drag moves it, the wheel and two fingers zoom, a click that did not move is a click.

const STILL = 4;

/** Listen on an element; returns what ends that. `drawing()` gives what is moved. */
export function pointing(element, drawing) {
  const down = new Map();
  let travelled = 0;
  const at = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const listeners = {
    pointerdown: (event) => {
      if (event.button !== 0) return;
      if (!down.size) travelled = 0;
      down.set(event.pointerId, at(event));
    },
    pointermove: (event) => {
      const before = down.get(event.pointerId);
      if (!before) return;
      const now = at(event);
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      down.set(event.pointerId, now);
      if (travelled <= STILL) return;
      element.setPointerCapture(event.pointerId);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      if (!other) return drawing().move(now.x - before.x, now.y - before.y);
      const apart = (one) => Math.max(10, Math.hypot(one.x - other.x, one.y - other.y));
      drawing().zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    },
    pointerup: (event) => down.delete(event.pointerId),
    pointercancel: (event) => down.delete(event.pointerId),
    wheel: (event) => {
      event.preventDefault();
      drawing().zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 160), at(event));
    },
  };
  const click = (event) => {
    if (travelled > STILL) event.stopPropagation();
  };
  for (const [name, listener] of Object.entries(listeners)) {
    element.addEventListener(name, listener, { passive: false });
  }
  element.addEventListener("click", click, { capture: true });
  return () => {
    for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener);
    element.removeEventListener("click", click, { capture: true });
  };
}
