// A part of the page that broke says so and leaves the others alone.

import { Component, html } from "../vendor/preact.mjs";

export class Guard extends Component {
  constructor() {
    super();
    this.state = { error: null };
  }

  componentDidCatch(error) {
    console.error(error);
    this.setState({ error });
  }

  /** What is shown now may be sound again. */
  componentWillReceiveProps({ renew }) {
    if (this.state.error && renew !== this.props.renew) this.setState({ error: null });
  }

  render({ name, children }) {
    const { error } = this.state;
    if (!error) return children;
    return html`<p class="broken" role="alert">${name} cannot show this (${error.message}). Undo the last change, or
      <button type="button" onClick=${() => this.setState({ error: null })}>try again</button></p>`;
  }
}
