"""How fast, measured as ratios in one run: `python -m bench`, or `make bench`. See README.md beside this file."""
