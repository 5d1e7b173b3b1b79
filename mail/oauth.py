"""Access tokens instead of passwords: gets them from Microsoft or Google with a refresh token or client credentials.

Microsoft: https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
Google: https://developers.google.com/identity/protocols/oauth2 (scope https://mail.google.com/).
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from mail.access import TokenRefused
from orders.clock import Clock

TIMEOUT = 30.0  # seconds
EARLY = timedelta(minutes=5)  # a token is renewed before it runs out
MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
GOOGLE = "https://oauth2.googleapis.com/token"
SCOPES = {"microsoft": "https://outlook.office365.com/.default", "google": "https://mail.google.com/"}


@dataclass(slots=True)
class TokenSource:
    """Gives a valid access token, renewing it when it is about to run out. Safe to share between threads."""

    provider: str
    client_id: str
    client_secret: str
    refresh_token: str
    tenant: str
    clock: Clock
    url: str | None = None
    _token: str = ""
    _until: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> str:
        """The token; raises TokenRefused."""
        with self._lock:
            if self._until is None or self.clock.now() >= self._until - EARLY:
                self._renew()
            return self._token

    def forget(self) -> None:
        """Get a fresh token the next time, whatever the old one's age."""
        with self._lock:
            self._until = None

    def _renew(self) -> None:
        given = {"client_id": self.client_id, "scope": SCOPES[self.provider]}
        if self.client_secret:
            given["client_secret"] = self.client_secret
        if self.refresh_token:
            given |= {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        else:
            given["grant_type"] = "client_credentials"
        try:
            answer = httpx.post(self._address(), data=given, timeout=TIMEOUT)
            told = answer.json()
        except httpx.HTTPError as error:
            raise TokenRefused(f"{self.provider} cannot be reached: {error}") from error
        except ValueError:
            told = None
        told = told if isinstance(told, dict) else {}
        if answer.status_code != httpx.codes.OK or "access_token" not in told:
            why = told.get("error_description") or told.get("error") or f"status {answer.status_code}"
            raise TokenRefused(f"{self.provider} gave no access token: {why}")
        self._token = str(told["access_token"])
        self._until = self.clock.now() + timedelta(seconds=int(told.get("expires_in", 3600)))
        self.refresh_token = str(told.get("refresh_token") or self.refresh_token)

    def _address(self) -> str:
        return self.url or (GOOGLE if self.provider == "google" else MICROSOFT.format(tenant=self.tenant))
