"""What a decision will bring about, said before it is sent."""

from __future__ import annotations

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.i18n import tr


def consequence(subject: str, to_status: str, catalogue: Catalogue, language: str) -> str:
    """Sentences about a decision.

    Args:
        subject: the report's number, or how many there are.
        to_status: the result.
        catalogue: says what a status means.
        language: two letters.
    """
    status = catalogue.status(to_status)
    if status is None:
        return ""
    sentences = [tr("{} will be “{}”.").format(subject, status.name(language))]
    if status.due == "verify_due":
        sentences.append(tr("It is to be verified within %n day(s).", None, catalogue.deadlines.verify_days))
    elif status.waits:
        sentences.append(tr("It stays in the queue."))
    else:
        sentences.append(tr("It leaves the queue."))
    if status.hidden:
        sentences.append(tr("Citizens will no longer see it."))
    seconds = settings.undo_seconds()
    if seconds:
        sentences.append(tr("It can be undone for %n second(s), then it is sent.", None, seconds))
    else:
        sentences.append(tr("It is sent at once."))
    return " ".join(sentences)
