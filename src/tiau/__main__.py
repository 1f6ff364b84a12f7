"""`python -m tiau` is the same as the command `tiau`."""

import sys


def main() -> None:
    """Run the command line; an interruption while it is still being loaded ends it quietly too."""
    try:
        from tiau.ending import heed_signals, open_what_is_closed

        open_what_is_closed()
        heed_signals()
        from tiau.cli import main as command
    except KeyboardInterrupt as stop:
        sys.stderr.write("stopped\n")
        sys.exit(128 + getattr(stop, "number", 2))
    command()


if __name__ == "__main__":
    main()
