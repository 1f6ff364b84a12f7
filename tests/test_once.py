"""What a run works out for its terminal, its page and its tables is worked out once."""

import sys
from functools import wraps

import pytest

from folders import write_folder
from tiau.cli.main import app
from tiau.evaluation import assessment
from tiau.observations import contradictions
from tiau.results import fits


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (fits, "fits"),
        (assessment, "parts"),
        (assessment, "shares"),
        (assessment, "composition"),
        (contradictions, "disagreements"),
    ],
)
def test_a_run_works_it_out_once(tmp_path, monkeypatch, module, name):
    calls = []
    function = getattr(module, name)

    @wraps(function)
    def counted(*arguments, **options):
        calls.append(name)
        return function(*arguments, **options)

    # Wherever it was imported to, so that no caller is missed.
    for holder in [found for key, found in sys.modules.items() if key.startswith("tiau")]:
        if getattr(holder, name, None) is function:
            monkeypatch.setattr(holder, name, counted)
    # Where small counts are kept back, likelihoods are worked out again, of rounded people.
    arguments = ("--until", "2021-02-12", "--members", "2", "--no-width-sources", "--suppress-below", "0", "--out")
    app(["run", str(write_folder(tmp_path / "in")), *arguments, str(tmp_path / "out")])
    assert calls == [name]
