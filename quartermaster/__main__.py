"""`python -m quartermaster`: the command line without its installed entry point."""

from quartermaster.cli import main

main()
