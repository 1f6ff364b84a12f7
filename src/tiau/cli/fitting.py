"""`tiau fit`: a scenario fitted to what was known by a day."""

from __future__ import annotations

from tiau.cli.console import console, err, print_plain, whole_in
from tiau.cli.options import GivenPath, IsoDay, Jobs, Members, Minutes, Seed
from tiau.cli.reading import in_a_shell, read_aloud
from tiau.cli.results import say_files
from tiau.cli.steps import steps_shown
from tiau.readers.posterior import POSTERIOR_FILE, kept_as


def fit(
    scenario: str,
    *,
    until: IsoDay | None = None,
    minutes: Minutes = 3.0,
    members: Members | None = None,
    seed: Seed = 1,
    out: GivenPath | None = None,
    jobs: Jobs = None,
) -> None:
    """Fit a scenario to the figures that were known by a day: how many leave, from where, where to, and judged numbers.

    What was learned goes into posterior.csv, which run and compare use by themselves.

    Parameters
    ----------
    scenario
        Name of a packaged scenario (mizoram-2021), a scenario folder, or a case folder of Flee's.
    until
        Last day on which something was known that is used, YYYY-MM-DD; by default everything is.
    minutes
        About how long it may take: from 50 to 200 members are run, as many as there is time for.
    members
        Members of each run, 10 or more, however long they take.
    seed
        The same seed and members give the same numbers.
    out
        A new folder for a copy of the scenario with what was learned; by default it is written beside the tables.
    jobs
        Batches of members that run at once; by default one for each processor. The numbers do not depend on it.
    """
    with steps_shown(err) as steps:
        with steps("reading"):
            loaded = read_aloud(scenario)
        from tiau.presentation.terminal import tell_of_compiling

        tell_of_compiling(err)
        with steps("preparing the engine"):
            from tiau.calibration import checks, learned, saving
            from tiau.calibration import fit as calibration
            from tiau.presentation.fit_chart import checks_chart
            from tiau.presentation.fit_terminal import show_fit

            where = saving.target(scenario, out, loaded)
        found = calibration.fit(
            loaded, until=until, members=members, minutes=minutes, seed=seed, jobs=jobs, steps=steps
        )
        with steps("writing"):
            things, checked = learned.learned(found), checks.checks(found)
            saving.save(where, found, things, checked, checks_chart(checked))
    with whole_in(where.folder):
        show_fit(found, things, checked, console())
        say_files(where.folder, saving.FILES)
        print_plain(f"next: tiau run {in_a_shell(where.folder)}")
        if until is not None:
            print_plain(f"to forecast from {until} after later fits too: copy {POSTERIOR_FILE} to {kept_as(until)}")
