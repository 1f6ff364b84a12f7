// Fields that are typed into: what stands in one is left alone while it has the focus, so that Control+Z undoes the
// typing there, and nothing that is drawn meanwhile takes it away.

import { useLayoutEffect, useRef } from "../vendor/preact.mjs";

/** What such a field is given: it shows `value` whenever nobody types, and keeps what is `wrong` until it is mended. */
export function useTyped(value, wrong = false) {
  const box = useRef(null);
  const show = () => {
    if (box.current && !wrong && box.current.value !== `${value}`) box.current.value = value;
  };
  useLayoutEffect(() => { if (document.activeElement !== box.current) show(); }, [value, wrong]);
  return { ref: box, onBlur: show };
}
