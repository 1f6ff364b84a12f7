// Something that is unfolded by its summary, and folded by it or by Escape.

import { html, useRef, useState } from "../vendor/preact.mjs";
import { useClosing } from "./closing.mjs";

export function Folded({ summary, children, ...rest }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef(null);
  useClosing(isOpen, () => {
    if (box.current.contains(document.activeElement)) box.current.querySelector("summary").focus();
    setOpen(false);
  });
  const turn = (event) => {
    event.preventDefault();
    setOpen(!isOpen);
  };
  return html`<details ref=${box} ...${rest} open=${isOpen}><summary onClick=${turn}>${summary}</summary>
    ${children}</details>`;
}
