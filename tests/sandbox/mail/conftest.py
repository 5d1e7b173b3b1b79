"""Mail servers for each test."""

from collections.abc import Iterator

import pytest

from sandbox.mail.serving import RunningMail, running_mail
from tests.makers.mail_servers import make_mail_settings


@pytest.fixture
def mail() -> Iterator[RunningMail]:
    with running_mail(make_mail_settings()) as running:
        yield running
