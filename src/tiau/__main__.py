"""`python -m tiau` is the same as the command `tiau`."""

import sys


def main() -> None:
    """Run the command line; an interruption while it is still being loaded ends it quietly too."""
    try:
        from tiau.cli import main as command
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)
    command()


if __name__ == "__main__":
    main()
