"""`python -m tiau` is the same as the command `tiau`."""

import sys


def main() -> None:
    """Run the command line; an interruption while it is still being loaded ends it quietly too."""
    try:
        from tiau.cli.ending import BY_SIGNAL, heed_signals, leave, open_what_is_closed

        open_what_is_closed()
        heed_signals()
        from tiau.garbage import uncollected

        with uncollected():
            from tiau.cli.main import main as command
    except KeyboardInterrupt as stop:
        sys.stderr.write("stopped\n")
        sys.exit(128 + getattr(stop, "number", 2))
    try:
        command()
    except SystemExit as stop:
        # Threads at work would keep a command that was stopped.
        if isinstance(stop.code, int) and stop.code > BY_SIGNAL:
            leave(stop.code)
        raise


if __name__ == "__main__":
    main()
