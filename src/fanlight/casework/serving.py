"""How gunicorn serves Fanlight: `gunicorn --config python:fanlight.casework.serving`.

Each of these may be set otherwise on its command line; that its log names no address and no form cannot.
"""

from typing import Any

from gunicorn.glogging import Logger

from fanlight.casework.logs import METHODS, IdsOnly

TOLD = ("t", "s", "B", "b", "T", "D", "M", "L", "p")
"""What a line of the access log may say: when, how it went, how much, how long, which worker."""


class IdsOnlyLogger(Logger):
    """gunicorn's logger, with lines that hold ids alone: whatever format is asked for, no address, form, name or header."""

    def setup(self, cfg: Any) -> None:
        """This function will set gunicorn's own handlers up, and put our formatter on that of its faults."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(IdsOnly())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """This function will give what a line of the access log may be made of."""
        given = super().atoms(resp, req, environ, request_time)
        told = {name: given[name] for name in TOLD}
        return {**told, "m": given["m"] if given["m"] in METHODS else "other"}


wsgi_app = "fanlight.casework.wsgi:application"
bind = "127.0.0.1:8000"
workers = 4
# Of each worker, so that one visitor who waits for the database holds up nobody else.
threads = 2
timeout = 30
control_socket_disable = True
logger_class = IdsOnlyLogger
loglevel = "info"
# Off, as gunicorn's own default is. Where it is wanted (`--access-logfile -`), it tells how long pages take and no more.
accesslog = None
access_log_format = "%(t)s %(p)s %(m)s %(s)s %(B)s %(D)s"
