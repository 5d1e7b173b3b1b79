"""Silences the program's own log in a benchmark, whose figures would drown in it and which would be measured with it."""

import logging

import structlog


def quiet() -> None:
    """Log only what went wrong."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
