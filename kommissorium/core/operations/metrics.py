"""The page of the figures, in Prometheus' text format, for whoever says the token."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from kommissorium import __version__
from kommissorium.core.evidence.models import Event
from kommissorium.core.files.quota import space
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.operations.findings import (
    State,
    findings,
    last_backup,
    last_beat,
    oldest_mail,
)
from kommissorium.core.operations.request_counts import BOUNDS, COUNTS, all_counts
from kommissorium.core.schedule.models import Job

TEXT = "text/plain; version=0.0.4; charset=utf-8"
BEARER = "Bearer "

type Sample = tuple[str, dict[str, str], float]  # what ends the name, labels, value
type Family = tuple[str, str, str, list[Sample]]  # name, kind, help, samples


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures; 401 without the token, 404 where none is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"{BEARER}{settings.METRICS_TOKEN}"):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    COUNTS.write()
    lines = [line for one in (*_requests(), *_gauges()) for line in _written(*one)]
    return HttpResponse("".join(lines), content_type=TEXT)


def _written(name: str, kind: str, text: str, samples: list[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {text}\n# TYPE {name} {kind}\n"
    for suffix, labels, value in samples:
        named = ",".join(f'{label}="{word}"' for label, word in labels.items())
        yield (
            f"{name}{suffix}{{{named}}} {value:.10g}\n"
            if named
            else f"{name}{suffix} {value:.10g}\n"
        )


def _requests() -> Iterator[Family]:
    answers, seconds, sums = all_counts()
    yield (
        "kommissorium_requests_total",
        "counter",
        "Answers since serve began, by room, method and kind of status.",
        [("", _labels(key), times) for key, times in sorted(answers.items())],
    )
    samples: list[Sample] = []
    for room, total in sorted(sums.items()):
        so_far = 0
        for number, bound in enumerate((*map(str, BOUNDS), "+Inf")):
            so_far += seconds[f"{room} {number}"]
            samples.append(("_bucket", {"room": room, "le": bound}, so_far))
        samples += [("_sum", {"room": room}, total), ("_count", {"room": room}, so_far)]
    name, text = "kommissorium_request_seconds", "How long answers took, by room."
    yield name, "histogram", text, samples


def _labels(key: str) -> dict[str, str]:
    return dict(zip(("room", "method", "status"), key.split(), strict=True))


def _gauges() -> Iterator[Family]:
    about = {"version": __version__, "database": connection.vendor}
    yield _gauge("kommissorium_info", "The program.", [("", about, 1)])
    well = [("", {"part": one.name}, float(one.state is State.RIGHT)) for one in findings()]
    yield _gauge("kommissorium_well", "1 where it is right, 0 where /health/ tells of it.", well)
    for name, (text, value) in _figures().items():
        if value is not None:
            yield _gauge(f"kommissorium_{name}", text, [("", {}, value)])


def _gauge(name: str, text: str, samples: list[Sample]) -> Family:
    return name, "gauge", text, samples


def _figures() -> dict[str, tuple[str, float | None]]:
    """Return text and value of each figure; None where nothing is known."""
    now, files = timezone.now(), space()
    beat, backup, oldest = last_beat(), last_backup(), oldest_mail(now)
    mails = OutboxMail.objects
    failed = Job.objects.exclude(last_error="").count()
    given_up = mails.exclude(given_up_at=None).count()
    length = Event.objects.aggregate(seq=Max("seq"))["seq"] or 0
    return {
        "worker_beat_timestamp_seconds": ("Last sign of the worker.", _seconds(beat)),
        "jobs_failed": ("Jobs of the worker whose last run failed.", failed),
        "mails_waiting": ("Mails that have not left.", mails.waiting().count()),
        "mails_given_up": ("Mails that never leave.", given_up),
        "mail_oldest_seconds": (
            "Age of the oldest mail that could have left.",
            (now - oldest).total_seconds() if oldest else 0,
        ),
        "backup_timestamp_seconds": ("The last backup.", _seconds(backup)),
        "chain_events": ("Number of the newest event of the evidence.", length),
        "disk_free_bytes": (
            "Free where the data folder lies.",
            shutil.disk_usage(settings.DATA_DIR).free,
        ),
        "files_bytes": ("Space taken by attached files.", files.used),
        "files_limit_bytes": ("Space for attached files.", files.most),
    }


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
