"""`python -m board`: the same as the command `board`."""

from board.cli import main

if __name__ == "__main__":
    main()
