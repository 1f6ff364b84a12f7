"""`python -m tiau` is the same as the command `tiau`."""

import os
import sys


def main() -> None:
    """Run the command line; an interruption while it is still being loaded ends it quietly too."""
    try:
        from tiau.cli.ending import BY_SIGNAL, heed_signals, open_what_is_closed

        open_what_is_closed()
        heed_signals()
        from tiau.cli.main import main as command
    except KeyboardInterrupt as stop:
        sys.stderr.write("stopped\n")
        sys.exit(128 + getattr(stop, "number", 2))
    try:
        command()
    except SystemExit as stop:
        # Threads at work would keep a command that was stopped; everything is tidied up by now.
        if isinstance(stop.code, int) and stop.code > BY_SIGNAL:
            _let_go_of_semaphores()
            os._exit(stop.code)
        raise


def _let_go_of_semaphores() -> None:
    """Take back what processes shared, which the system keeps and Python would complain of."""
    if util := sys.modules.get("multiprocessing.util"):
        util._exit_function()


if __name__ == "__main__":
    main()
