// Dragging a bar: expected values with each frame while it goes on, a step when it ends, Esc as if nothing was.

import { useEffect, useRef } from "../vendor/preact.mjs";
import { applied, dragged } from "./moves.mjs";

const FAR_ENOUGH = 3;
const TWICE = 400;

/**
 * Handlers for the drawing that holds the bars. `begin(event)` returns what is dragged ({scenario, whatIf, act, acts,
 * part, across}) or null; `change` is told as the contract of the page has it; `twice(act)` is called for two taps.
 */
export function useDragging({ begin, change, twice }) {
  const [drag, tapped] = [useRef(null), useRef(null)];
  const latest = useRef(change);
  latest.current = change;
  // A finger's two taps make no double click where a finger on a bar does not scroll.
  const tap = (act) => {
    const [before, now] = [tapped.current, performance.now()];
    const isSecond = before?.act === act && now - before.now < TWICE;
    tapped.current = isSecond ? null : { act, now };
    if (isSecond) twice(act);
  };
  const stop = (how) => {
    const found = drag.current;
    drag.current = null;
    if (!found) return;
    cancelAnimationFrame(found.frame);
    if (!found.isMoving) return how === "done" && found.isTouch && tap(found.act.act);
    latest.current(how === "done" ? found.next : found.whatIf, { settled: true });
  };
  useEffect(() => {
    const key = (event) => {
      if (event.key !== "Escape" || !drag.current) return;
      event.preventDefault();
      event.stopPropagation();
      stop("cancelled");
    };
    addEventListener("keydown", key, true);
    return () => {
      removeEventListener("keydown", key, true);
      cancelAnimationFrame(drag.current?.frame);
    };
  }, []);
  const onPointerDown = (event) => {
    const found = event.button || drag.current ? null : begin(event);
    if (!found) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y, pointerId: pointer, pointerType } = event;
    drag.current = { ...found, x, y, pointer, isTouch: pointerType !== "mouse", isMoving: false, frame: 0 };
  };
  const onPointerMove = (event) => {
    const found = drag.current;
    if (!found || found.pointer !== event.pointerId) return;
    const [right, down] = [event.clientX - found.x, event.clientY - found.y];
    if (!found.isMoving && Math.hypot(right, down) < FAR_ENOUGH) return;
    found.isMoving = true;
    found.next = applied(found.scenario, found.whatIf, found.act, dragged(found, right, down));
    if (found.frame) return;
    found.frame = requestAnimationFrame(() => {
      found.frame = 0;
      latest.current(found.next, { settled: false });
    });
  };
  // Parts of a drawing cannot say themselves that a finger on them does not scroll.
  const ontouchstart = (event) => event.target.closest("[data-part]") && event.preventDefault();
  const isOwn = (event) => drag.current?.pointer === event.pointerId;
  return {
    onPointerDown, onPointerMove, ontouchstart,
    onPointerUp: (event) => isOwn(event) && stop("done"),
    onPointerCancel: (event) => isOwn(event) && stop("cancelled"),
  };
}

/** What keys change goes on until the key is let go, then it is a step. */
export function useKeys(change) {
  const going = useRef(null);
  const press = (next) => {
    going.current = next;
    change(next, { settled: false });
  };
  const release = () => {
    if (going.current) change(going.current, { settled: true });
    going.current = null;
  };
  return { press, release };
}
