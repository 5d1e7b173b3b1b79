"""The settings file and the environment, checked as a whole: every problem is told at once, each with its place.

A value from the environment (QUARTERMASTER_SLACK__BOT_TOKEN=…) wins over the file; secrets belong there.
"""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from rapidfuzz import process

from mail.access import LOOPBACK
from orders.answer_sorts import AnswerSort
from orders.autonomy import Autonomy
from orders.shop import Shop

DEFAULT_FILE = Path("quartermaster.toml")
PREFIX = "QUARTERMASTER_"
_FOR_TESTS = "QUARTERMASTER_TEST"  # where the test suite finds its servers; no settings of the program
_WEEKDAY = "(mon|tue|wed|thu|fri|sat|sun)"


class SettingsUnusable(Exception):
    """The settings cannot be used; `problems` has one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ValueError("there is no such file")
    return path


def _written(pattern: str, how: str) -> AfterValidator:
    """Text that matches the whole pattern; `how` says it in words."""

    def checked(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueError(f"must be {how}")
        return value

    return AfterValidator(checked)


ExistingFile = Annotated[Path, AfterValidator(_existing)]
Currency = Annotated[str, _written("[A-Z]{3}", "three capital letters, such as PLN")]
MailAddress = Annotated[str, _written(r"[^@\s]+@[^@\s]+", "a mail address, such as orders@example.com")]
Weekdays = Annotated[str, _written(f"{_WEEKDAY}([-,]{_WEEKDAY})*", "days such as mon-fri or mon,wed,sat")]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Server(_Section):
    """A mail server; a connection that leaves this machine is encrypted."""

    host: str = "localhost"
    security: Literal["tls", "starttls", "none"] = "tls"

    @field_validator("security")
    @classmethod
    def _is_encrypted(cls, value: str, given: ValidationInfo) -> str:
        host = given.data.get("host", "localhost")
        if value == "none" and host not in LOOPBACK:
            raise ValueError(f"an unencrypted connection to {host} is refused; use tls or starttls")
        return value


class ShopSettings(_Section):
    """Who we are and where we speak."""

    name: str = "My shop"
    timezone: str = "Europe/Warsaw"
    currency: Currency = "PLN"
    language: Literal["en", "pl"] = "en"
    approvals_channel: str = "orders"
    alerts_channel: str = "stock"
    reports_channel: str = "reports"
    ops_channel: str = "quartermaster-ops"
    may_approve_own: bool = False
    needs_two_above: Decimal | None = Field(None, ge=0)
    undo_minutes: int = Field(2, ge=0, le=60)
    over_receipt_percent: Decimal = Field(Decimal(5), ge=0, le=100)
    rulebook: ExistingFile | None = None

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
    columns: Path | None = (
        None  # folder of the sales history in columns, which the plan reads; None: beside the database
    )

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


class ImapSettings(_Server):
    """The mailbox that suppliers answer to."""

    port: int = Field(993, ge=1, le=65535)
    username: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuthSettings | None = None
    folder: str = "INBOX"
    poll_seconds: int = Field(120, ge=1)
    ca_file: ExistingFile | None = None
    authserv_id: str | None = None
    mark: Literal["leave", "seen", "flag"] = "leave"
    move_to: str = ""

    @field_validator("move_to")
    @classmethod
    def _is_another_folder(cls, value: str, info: ValidationInfo) -> str:
        """Moving into the watched folder would bring every message back as a new one, for ever."""
        if value and value == info.data.get("folder"):
            raise ValueError("must be another folder than the one that is watched")
        return value


class SmtpSettings(_Server):
    """The server that our mail leaves through."""

    port: int = Field(587, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "starttls"
    username: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuthSettings | None = None
    ca_file: ExistingFile | None = None


class AutonomySettings(_Section):
    """Which sorts of answers may earn being booked with nobody looking, and how sure one must be."""

    may_earn: tuple[Literal["fewer", "later", "earlier", "cheaper"], ...] = ()
    bar: float = Field(0.95, ge=0.5, lt=1)
    confidence: float = Field(0.95, ge=0.8, lt=1)

    def as_autonomy(self) -> Autonomy:
        """The same for the core."""
        return Autonomy(frozenset(AnswerSort(each) for each in self.may_earn), self.bar, self.confidence)


class MailSettings(_Section):
    """Our address, and the secret that makes reply tokens impossible to guess."""

    address: MailAddress = "orders@localhost"
    signature: str = ""
    reply_token_key: SecretStr = SecretStr("")
    use_reply_token: bool = True
    imap: ImapSettings = ImapSettings()
    more_imap: tuple[ImapSettings, ...] = ()
    smtp: SmtpSettings = SmtpSettings()
    autonomy: AutonomySettings = AutonomySettings()

    @property
    def mailboxes(self) -> tuple[ImapSettings, ...]:
        """Every mailbox that suppliers may answer to, the main one first."""
        return (self.imap, *self.more_imap)

    @field_validator("more_imap")
    @classmethod
    def _each_once(cls, value: tuple[ImapSettings, ...], info: ValidationInfo) -> tuple[ImapSettings, ...]:
        boxes = [
            (each.username, each.host, each.folder) for each in (info.data.get("imap"), *value) if each is not None
        ]
        if len(boxes) != len(set(boxes)):
            raise ValueError("the same user, host and folder stands twice")
        return value


class ClockSettings(_Section):
    """When the scheduler does what, in the site's own time."""

    plan_at: time = time(5, 0)
    report_at: time = time(8, 0)
    low_stock_at: time = time(8, 5)
    report_weekdays: Weekdays = "mon-sat"


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, toml_file=DEFAULT_FILE
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
        return Shop(mailbox=self.mail.address, autonomy=self.mail.autonomy.as_autonomy(), **own)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.shop.timezone)


def load_settings(path: Path | None = None) -> Settings:
    """Read the file (quartermaster.toml here when None; it may be absent) and the environment; raises SettingsUnusable."""
    file = path or DEFAULT_FILE
    if path is not None and not path.is_file():
        raise SettingsUnusable([f"{path}: there is no such file; `quartermaster init` writes one"])

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    problems = list(_strangers(os.environ))
    try:
        settings = FromFile()
    except ValidationError as error:
        raise SettingsUnusable(problems + [_sentence(file, problem) for problem in error.errors()]) from error
    except ValueError as error:  # not TOML at all
        raise SettingsUnusable([*problems, f"{file}: {error}"]) from error
    if problems:
        raise SettingsUnusable(problems)
    return settings


def _strangers(environment: Mapping[str, str]) -> Iterator[str]:
    """Variables with our prefix that name no section: a misspelt one would else be passed over in silence."""
    for name in sorted(environment):
        section = name.upper().removeprefix(PREFIX).partition("__")[0].lower()
        is_ours = name.upper().startswith(PREFIX) and not name.upper().startswith(_FOR_TESTS)
        if is_ours and section not in Settings.model_fields:
            yield f"environment: {name} is not a setting{_suggestion((section,))}"


def _sentence(file: Path, problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{file}: {place} is not a setting{_suggestion(problem['loc'])}"
    given = f" (given: {problem['input']!r})" if _may_be_shown(problem) else ""
    return f"{file}: {place}: {problem['msg'].removeprefix('Value error, ')}{given}"


def _may_be_shown(problem: Any) -> bool:
    """False where the value given is absent, a whole section, or may hold a password."""
    if problem["type"] == "missing" or isinstance(problem["input"], dict):
        return False
    *sections, name = problem["loc"]
    model = _model_of(tuple(sections))
    field = model.model_fields.get(name) if model is not None else None
    return field is not None and field.annotation is not SecretStr and (*sections, name) != ("database", "url")


def _suggestion(place: tuple[Any, ...]) -> str:
    model = _model_of(place[:-1])
    if model is None:
        return ""
    near = process.extractOne(str(place[-1]), list(model.model_fields), score_cutoff=60)
    return f"; did you mean {near[0]}?" if near else ""


def _model_of(sections: tuple[Any, ...]) -> type[BaseModel] | None:
    """The section at this place of the settings; None when there is none."""
    model: Any = Settings
    for part in sections:
        field = model.model_fields.get(part)
        if field is None:
            return None
        model = field.annotation
        model = next((each for each in get_args(model) if each is not type(None)), model)
    return model if hasattr(model, "model_fields") else None
