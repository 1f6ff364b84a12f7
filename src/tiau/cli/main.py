"""The commands of `tiau`: one thin function each; everything heavy is imported when it is needed."""

from __future__ import annotations

import io
import logging
import sys

from cyclopts import App

from tiau.cli.accepting import accept
from tiau.cli.articles import read
from tiau.cli.building import new, routes
from tiau.cli.checking import acts, check
from tiau.cli.comparing import compare
from tiau.cli.console import Terminal, console
from tiau.cli.ending import ended
from tiau.cli.exploring import explore
from tiau.cli.fitting import fit
from tiau.cli.flee import flee
from tiau.cli.folders import copy
from tiau.cli.forecasting import forecast, hindcast
from tiau.cli.importing import import_files
from tiau.cli.options import (
    require_readable,
    wrong_usage,
)
from tiau.cli.reporting import report
from tiau.cli.running import run
from tiau.version import __version__

app = App(
    name="tiau",
    help="Simulate, explain and forecast forced displacement.",
    version=__version__,
    result_action="return_value",
    error_formatter=wrong_usage,
    suppress_keyboard_interrupt=False,
)
for function in (new, routes, read, run, report, compare, check, acts, copy, fit, forecast, hindcast, explore, flee):
    app.command(function)
app.command(import_files, name="import")
app.command(accept)


def main() -> None:
    """Run the command line, and end with the exit status of `tiau.cli.ending`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(ended(_command))


def _command() -> object:
    require_readable(sys.argv[1:])
    # Where it keeps its fonts, and that it looks for them, is no news for who runs a scenario.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    return app(sys.argv[1:], console=console(), error_console=Terminal("stderr"))
