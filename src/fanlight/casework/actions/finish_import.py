"""Says in the log what came of an import: one that was stopped on its way has no such row."""

from dataclasses import asdict
from datetime import datetime

from fanlight.casework.actions.import_register import Imported
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.models import Staff


def finish_import(*, imported: Imported, by: Staff, now: datetime) -> None:
    """This function will leave how many lines of each kind were new, changed, the same, ended and left alone."""
    add_row("finish_import", "done", {kind: asdict(of) for kind, of in imported.counts.items()}, by=by, now=now)
