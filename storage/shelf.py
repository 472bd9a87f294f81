"""What every part of a transaction has."""

from sqlalchemy.orm import Session


class Shelf:
    """Queries of one subject, in one transaction of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace
