"""Words for codes, instants and deadlines, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QDate, QDateTime, QLocale, QTime

from kmzb_qgis_plugin.domain.decision import DECISION, EARLIER_NOT_ACCEPTED
from kmzb_qgis_plugin.domain.meeting import MEETING
from kmzb_qgis_plugin.domain.period import parse_instant, warsaw
from kmzb_qgis_plugin.i18n import interface_language, tr

if TYPE_CHECKING:
    from kmzb_qgis_plugin.client.service_client import Scope

MINUTE, HOUR, DAY = 60, 3600, 86400
KILOMETRE = 1000


def role_name(role: str) -> str:
    """A role of the service; an unknown one stands for itself."""
    names = {
        "viewer": tr("viewer"),
        "verifier": tr("verifier"),
        "coordinator": tr("coordinator"),
        "admin": tr("administrator"),
    }
    return names.get(role, role)


def scope_text(scope: Scope) -> str:
    """How far a person's reading reaches; a reach that is new to us stands for itself."""
    if scope.reach == "country":
        return tr("the whole country")
    if scope.reach == "voivodeship":
        return tr("the voivodeship {}").format(scope.voivodeship or "")
    if scope.reach == "own":
        return tr("the own unit {}").format(scope.unit or "")
    return scope.reach


def meeting_kind_name(kind: str) -> str:
    """A kind of meeting."""
    names = {"meeting": tr("Meeting with citizens"), "debate": tr("Public debate")}
    return names.get(kind, kind)


def unsent_text(counts: Mapping[str, int]) -> str:
    """How many decisions and meetings there are, by kind; a kind without any is not named."""
    decisions, meetings = counts.get(DECISION, 0), counts.get(MEETING, 0)
    parts = []
    if decisions:
        parts.append(tr("%n decision(s)", "batch", decisions))
    if meetings:
        parts.append(tr("%n meeting(s)", None, meetings))
    return ", ".join(parts)


def field_name(field: str) -> str:
    """A member of a decision."""
    names = {
        "reason": tr("Reason"),
        "note": tr("Note"),
        "method": tr("Method"),
        "institution": tr("Institution"),
        "planned_date": tr("Planned date"),
        "decided_at": tr("Date and time"),
    }
    return names.get(field, field)


def missing_text(field: str) -> str:
    """What to do about a member that a decision lacks."""
    texts = {
        "reason": tr("Choose a reason"),
        "note": tr("Write a note"),
        "method": tr("Choose a method"),
        "institution": tr("Name the institution"),
        "planned_date": tr("Choose a date"),
    }
    return texts.get(field, field)


def rule_text(rule: str | None, title: str | None) -> str:
    """Why the service refused a decision; the service's own words for a rule that is new to us."""
    texts = {
        "unknown_threat": tr("The report no longer exists in the service."),
        "unit_not_allowed": tr("The report is given to a unit that you may not decide for."),
        "left_scope": tr("The decision was taken; the report has been given to others since."),
        "no_workflow": tr("Only citizens' reports are verified; this is none."),
        "unknown_status": tr("The service does not know this status."),
        "transition_not_allowed": tr("The workflow has no such step from the report's present status."),
        "role_not_allowed": tr("Your role may not take this step."),
        "reason_required": tr("A reason is needed."),
        "reason_not_allowed": tr("This reason cannot be given for this decision."),
        "note_required": tr("A note is needed."),
        "institution_required": tr("The institution is missing."),
        "planned_date_required": tr("The planned date is missing."),
        "method_required": tr("The method is missing."),
        "unknown_reason": tr("The service does not know this reason."),
        "unknown_method": tr("The service does not know this method."),
        "note_too_long": tr("The note is too long."),
        "uuid_reused": tr("The service has another decision under the same identifier."),
        "unknown_category": tr("The service does not know this category."),
        "description_required": tr("A description is needed."),
        "category_not_in_use": tr("The category was not in use on that day."),
        "description_too_long": tr("The description is too long."),
        "outside": tr("The place lies outside the area that the service takes."),
        "in_future": tr("The time lies in the future. Check this computer's clock."),
        EARLIER_NOT_ACCEPTED: tr(
            "Your earlier decision about this report was not accepted, and this one stands on it. Look at "
            "the report and decide again."
        ),
        "decided_in_future": tr("The decision is dated in the future. Check this computer's clock."),
    }
    return texts.get(rule or "", title or rule or tr("The service refused it without a reason."))


def state_name(state: str) -> str:
    """A state of the outbox."""
    names = {
        "waiting": tr("waiting"),
        "sending": tr("being sent"),
        "sent": tr("sent"),
        "conflict": tr("in conflict"),
        "rejected": tr("rejected"),
        "draft": tr("draft"),
        "dismissed": tr("dismissed"),
    }
    return names.get(state, state)


def weekday_names(numbers: str) -> str:
    """Short names for ISO weekday numbers, "1,5"."""
    days = (number.strip() for number in numbers.split(","))
    return ", ".join(
        QLocale(interface_language()).dayName(int(day), QLocale.FormatType.ShortFormat)
        for day in days
        if day.isdigit()
    )


def moment_text(instant: str | None) -> str:
    """An instant on a Polish clock, as the locale writes it; empty for none."""
    if not instant:
        return ""
    local = warsaw(parse_instant(instant))
    moment = QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def local_day_text(instant: str) -> str:
    """The Polish day of an instant, as the locale writes it."""
    return day_text(warsaw(parse_instant(instant)).date().isoformat())


def clock_text(instant: str) -> str:
    """An instant of this day on a Polish clock, to the second."""
    return warsaw(parse_instant(instant)).strftime("%H:%M:%S")


def day_text(day: str | None) -> str:
    """A date ``YYYY-MM-DD`` as the locale writes it; empty for none."""
    if not day:
        return ""
    read = date.fromisoformat(day[:10])
    return QLocale().toString(QDate(read.year, read.month, read.day), QLocale.FormatType.ShortFormat)


def whole_text(number: int) -> str:
    """A whole number as the locale writes it."""
    return str(QLocale().toString(number))


def distance_text(metres: float) -> str:
    """A distance on the ground: "80 m", "1.2 km", "140 km"."""
    if metres < KILOMETRE:
        return tr("{} m").format(round(metres))
    decimals = 1 if metres < 10 * KILOMETRE else 0
    return tr("{} km").format(QLocale().toString(metres / KILOMETRE, "f", decimals))


def age_text(instant: str, now: datetime) -> str:
    """How long ago an instant was."""
    seconds = (now - parse_instant(instant)).total_seconds()
    if seconds < MINUTE:
        return tr("just now")
    if seconds < HOUR:
        return tr("%n min ago", None, int(seconds // MINUTE))
    if seconds < DAY:
        return tr("%n h ago", None, int(seconds // HOUR))
    return tr("%n day(s) ago", "age", int(seconds // DAY))


def short_age_text(instant: str, now: datetime) -> str:
    """How long ago an instant was, for a narrow column."""
    seconds = (now - parse_instant(instant)).total_seconds()
    if seconds < MINUTE:
        return tr("now")
    if seconds < HOUR:
        return tr("{} min").format(int(seconds // MINUTE))
    if seconds < DAY:
        return tr("{} h").format(int(seconds // HOUR))
    return tr("%n d", "age", int(seconds // DAY))


def due_text(due: str | None, now: datetime) -> str:
    """A deadline seen from now, by Polish calendar days: "overdue 2 days", "today", "in 3 days"."""
    if not due:
        return ""
    moment = parse_instant(due)
    days = (warsaw(moment).date() - warsaw(now).date()).days
    if moment < now:
        return tr("overdue today") if days == 0 else tr("overdue %n day(s)", "deadline", -days)
    if days == 0:
        return tr("today")
    return tr("tomorrow") if days == 1 else tr("in %n day(s)", "deadline", days)


def short_due_text(due: str | None, now: datetime) -> str:
    """A deadline under a heading that says overdue or today: "3 days", "15:30", "in 3 days"."""
    if not due:
        return ""
    moment = parse_instant(due)
    days = (warsaw(moment).date() - warsaw(now).date()).days
    if days == 0:
        return warsaw(moment).strftime("%H:%M")
    return tr("%n day(s)", "overdue", -days) if days < 0 else due_text(due, now)
