"""What every part of a transaction has."""

from typing import Any

from sqlalchemy.orm import Session


class Shelf:
    """Queries of one subject, in one transaction of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def _keep_version(self, row_type: type[Any], id: str, version: int, **values: Any) -> bool:
        """Keep `values` as this `version` of the row `id`. False where the kept version is not the one before."""
        row = self._session.get(row_type, (self._workspace, id))
        if (row.version if row else 0) != version - 1:
            return False
        if row is None:
            self._session.add(row_type(workspace=self._workspace, id=id, version=version, **values))
        else:
            for name, value in {**values, "version": version}.items():
                setattr(row, name, value)
        self._session.flush()
        return True
