// Escape closes what was opened last, whatever has the focus.

import { useLayoutEffect, useRef } from "../vendor/preact.mjs";

const open = [];

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !open.length) return;
  event.preventDefault();
  open.pop().current();
});

/** While something is open, Escape calls `close`, unless something that was opened later is open too. */
export function useClosing(isOpen, close) {
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    open.push(latest);
    return () => {
      if (open.includes(latest)) open.splice(open.indexOf(latest), 1);
    };
  }, [isOpen]);
}
