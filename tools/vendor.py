"""Fetches what the explorer's page is built with: python tools/vendor.py, with npm on the path.

Pinned files of npm packages are copied, with their licences, into src/tiau/explorer/static/vendor. They are served as
they are: no bundler, no import map (the page's policy allows no inline script), so that every import is a path.
"""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src" / "tiau" / "explorer" / "static" / "vendor"
FILES = {
    "htm@3.1.1": {"preact/standalone.module.js": "preact.mjs", "LICENSE": "htm.LICENSE"},
    "preact@10.5.9": {"LICENSE": "preact.LICENSE"},
    "uplot@1.6.32": {"dist/uPlot.esm.js": "uplot.mjs", "dist/uPlot.min.css": "uplot.css", "LICENSE": "uplot.LICENSE"},
}
"""By package and version: its files, and what they are called here. htm's standalone module holds Preact as well."""


def main() -> None:
    """Copy them all."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for package, files in FILES.items():
            packed = subprocess.run(
                ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
            )
            with tarfile.open(Path(folder) / packed.stdout.strip()) as archive:
                archive.extractall(folder, filter="data")
            for source, name in files.items():
                shutil.copyfile(Path(folder) / "package" / source, VENDOR / name)
            shutil.rmtree(Path(folder) / "package")


if __name__ == "__main__":
    main()
