"""What every table has: its workspace first in its key, and names that migrations can rely on.

The classes say what a row holds, and statements are made from them; what comes from the database are plain rows.
"""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import WORKSPACE

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)

    workspace: Mapped[str] = mapped_column(WORKSPACE, primary_key=True, sort_order=-1)
