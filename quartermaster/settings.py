"""The settings file and the environment, checked as a whole: every problem is told at once, each with its place.

A value from the environment (QUARTERMASTER_SLACK__BOT_TOKEN=…) wins over the file; secrets belong there.
"""

from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from rapidfuzz import process

from orders.shop import Shop

DEFAULT_FILE = Path("quartermaster.toml")


class SettingsUnusable(Exception):
    """The settings cannot be used; `problems` has one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShopSettings(_Section):
    """Who we are and where we speak."""

    name: str = "My shop"
    timezone: str = "Europe/Warsaw"
    currency: str = Field("PLN", pattern="^[A-Z]{3}$")
    language: Literal["en", "pl"] = "en"
    approvals_channel: str = "orders"
    alerts_channel: str = "stock"
    reports_channel: str = "reports"
    ops_channel: str = "quartermaster-ops"
    may_approve_own: bool = False
    needs_two_above: Decimal | None = None
    undo_minutes: int = Field(2, ge=0, le=60)
    over_receipt_percent: Decimal = Field(Decimal(5), ge=0, le=100)
    rulebook: Path | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            near = process.extractOne(value, sorted(available_timezones()))
            raise ValueError(f"no time zone {value!r}; did you mean {near[0]!r}?")
        return value


class DatabaseSettings(_Section):
    """Where the shop's data is."""

    url: str = "sqlite:///quartermaster.db"

    @field_validator("url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value


class SlackSettings(_Section):
    """How to reach the Slack workspace."""

    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    mode: Literal["socket", "http"] = "socket"
    base_url: str = "https://slack.com/api/"
    http_host: str = "127.0.0.1"
    http_port: int = Field(3000, ge=1, le=65535)

    @field_validator("base_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"


class OAuthSettings(_Section):
    """Tokens instead of passwords, for Microsoft 365 and Google."""

    provider: Literal["microsoft", "google"]
    client_id: str
    client_secret: SecretStr = SecretStr("")
    refresh_token: SecretStr = SecretStr("")
    tenant: str = "common"


class ImapSettings(_Section):
    """The mailbox that suppliers answer to."""

    host: str = "localhost"
    port: int = Field(993, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuthSettings | None = None
    folder: str = "INBOX"
    poll_seconds: int = Field(120, ge=1)
    ca_file: Path | None = None
    authserv_id: str | None = None


class SmtpSettings(_Section):
    """The server that our mail leaves through."""

    host: str = "localhost"
    port: int = Field(587, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "starttls"
    username: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuthSettings | None = None
    ca_file: Path | None = None


class MailSettings(_Section):
    """Our address, and the secret that makes reply tokens impossible to guess."""

    address: str = "orders@localhost"
    signature: str = ""
    reply_token_key: SecretStr = SecretStr("")
    use_reply_token: bool = True
    imap: ImapSettings = ImapSettings()
    smtp: SmtpSettings = SmtpSettings()


class ClockSettings(_Section):
    """When the scheduler does what, in the site's own time."""

    plan_at: time = time(5, 0)
    report_at: time = time(8, 0)
    low_stock_at: time = time(8, 5)
    report_weekdays: str = "mon-sat"


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix="QUARTERMASTER_", env_nested_delimiter="__", extra="forbid", frozen=True, toml_file=DEFAULT_FILE
    )

    shop: ShopSettings = ShopSettings()
    database: DatabaseSettings = DatabaseSettings()
    slack: SlackSettings = SlackSettings()
    mail: MailSettings = MailSettings()
    clock: ClockSettings = ClockSettings()
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, cls.model_config["toml_file"]))

    def as_shop(self) -> Shop:
        """What the core needs to know of all this."""
        own = self.shop.model_dump(exclude={"rulebook"})
        return Shop(mailbox=self.mail.address, **own)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.shop.timezone)


def load_settings(path: Path | None = None) -> Settings:
    """Read the file (quartermaster.toml here when None; it may be absent) and the environment; raises SettingsUnusable."""
    file = path or DEFAULT_FILE
    if path is not None and not path.exists():
        raise SettingsUnusable([f"{path}: there is no such file; `quartermaster init` writes one"])

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        return FromFile()
    except ValidationError as error:
        raise SettingsUnusable([_sentence(file, problem) for problem in error.errors()]) from error
    except ValueError as error:  # not TOML at all
        raise SettingsUnusable([f"{file}: {error}"]) from error


def _sentence(file: Path, problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{file}: {place} is not a setting{_suggestion(problem['loc'])}"
    given = "" if problem["type"] == "missing" else f" (given: {problem['input']!r})"
    return f"{file}: {place}: {problem['msg'].removeprefix('Value error, ')}{given}"


def _suggestion(place: tuple[Any, ...]) -> str:
    model: Any = Settings
    for part in place[:-1]:
        field = model.model_fields.get(part)
        if field is None:
            return ""
        model = field.annotation
    near = process.extractOne(str(place[-1]), list(model.model_fields), score_cutoff=60)
    return f"; did you mean {near[0]}?" if near else ""
