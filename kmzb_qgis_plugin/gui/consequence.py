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
    sentences = [tr("{}: new status “{}”.").format(subject, status.name(language))]
    if status.due == "verify_due":
        sentences.append(tr("To be verified within %n day(s).", None, catalogue.deadlines.verify_days))
    elif status.waits:
        sentences.append(tr("Stays in the queue."))
    else:
        sentences.append(tr("Leaves the queue."))
    if status.hidden:
        sentences.append(tr("No longer seen by citizens."))
    seconds = settings.undo_seconds()
    if seconds:
        sentences.append(tr("Can be undone for %n second(s), then sent.", None, seconds))
    else:
        sentences.append(tr("Sent at once."))
    return " ".join(sentences)
