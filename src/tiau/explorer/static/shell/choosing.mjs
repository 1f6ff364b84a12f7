// Choosing from a list below a field by keys: arrows and pages go through it, Enter takes one, Escape closes it.

import { useEffect, useRef, useState } from "../vendor/preact.mjs";

/**
 * Which of `options` is `active`, a ref for the `list` that shows it, a handler of `key`, and `first` to begin anew.
 * `page` is how far Page up and down go; `isReady` says whether Enter takes one.
 */
export function useChoosing({ options, page, isOpen, isReady, open, close, choose }) {
  const [at, setAt] = useState(0);
  const list = useRef(null);
  const active = Math.min(at, options.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, isOpen]);
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (step && isOpen) setAt(Math.max(0, Math.min(options.length - 1, active + step)));
    else if (step) open();
    else if (event.key === "Enter" && isReady) choose(options[active]);
    else if (event.key === "Escape" && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { active, list, key, first: () => setAt(0) };
}
