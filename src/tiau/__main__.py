"""`python -m tiau` is the same as the command `tiau`."""

from tiau.cli import main

if __name__ == "__main__":
    main()
