"""`python -m minhchung` is the `minhchung` command."""

from .cli import main

if __name__ == "__main__":
    main()
