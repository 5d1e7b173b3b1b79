"""Files that were imported: the moment a file was first seen, so that a second import can know it."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Name, RowId


class ImportedFileRow(Base):
    """One file by the fingerprint of its content, the first time it was imported."""

    __tablename__ = "imported_files"
    __table_args__ = (UniqueConstraint("kind", "sha256"),)

    id: Mapped[RowId]
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Name]
    imported_at: Mapped[datetime]
