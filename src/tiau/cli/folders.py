"""`tiau copy`: scenario folders made from others."""

from __future__ import annotations

from tiau.cli.console import err, print_plain, whole_in
from tiau.cli.options import GivenPath
from tiau.cli.reading import in_a_shell, say, shown_by_check
from tiau.cli.steps import steps_shown


def copy(scenario: str, folder: GivenPath) -> None:
    """Copy a scenario into a new folder, to change it there; of a case of Flee's, write the scenario that it gives.

    Parameters
    ----------
    scenario
        Name of a packaged scenario, a scenario folder, or a case folder of Flee's.
    folder
        A new or empty folder.
    """
    from tiau import loading

    with steps_shown(err) as steps, steps("copying"):
        lost = loading.copy(scenario, folder)
    say(lost, rest=shown_by_check(scenario))
    with whole_in(folder):
        print_plain(f"copied to {folder}; edit the tables, then: tiau check {in_a_shell(folder)}")
