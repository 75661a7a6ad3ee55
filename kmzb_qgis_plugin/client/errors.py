"""What can go wrong between the desk and the service."""

from __future__ import annotations

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.text import Tr


class NetworkUnreachable(KmzbError):
    """No connection to the service, or it broke off."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service cannot be reached. Check the network and the connection's address; "
            "your decisions and meetings are kept and will be sent later."
        )


class TimedOut(NetworkUnreachable):
    """The service did not answer in time."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service did not answer in time. Your decisions and meetings are kept; try again later."
        )


class AddressInvalid(KmzbError):
    """The connection's address is not one of a web service."""

    def user_message(self, tr: Tr) -> str:
        return tr("The connection's address is not valid. It must begin with http:// or https://.")


class CertificateRejected(KmzbError):
    """No secure connection: the certificate is not trusted, or the other side speaks no TLS."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "No secure connection to the service could be made: its certificate is not trusted, or it does "
            "not use https. Check the connection's address; your administrator can add the certificate to "
            "QGIS (Options, Authentication), or tell you that it may be trusted when QGIS asks about it."
        )


class ProxyRefused(KmzbError):
    """The proxy refuses the connection, or wants a sign-in of its own."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The network's proxy refused the connection. Check the proxy and its user name and password "
            "in QGIS (Options, Network)."
        )


class NotTheService(KmzbError):
    """Something answers at the address, but not this service: a proxy's page, another program.

    Attributes:
        excerpt: how the answer begins, for the log.
    """

    def __init__(self, log_message: str, excerpt: str = "") -> None:
        super().__init__(f"{log_message}; it begins: {excerpt}" if excerpt else log_message)
        self.excerpt = excerpt

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The answer did not come from a KMZB service. Check the connection's address; "
            "in a company network a proxy's page may stand in between."
        )


class StaleAnswer(NotTheService):
    """A cache in between gave an answer of some time ago."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "An old answer came out of a cache between this computer and the service. Nothing of it was "
            "taken; ask the network's administrator not to cache the service's address."
        )


class SignInUnavailable(KmzbError):
    """QGIS could not add the chosen authentication configuration to the request."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "QGIS could not sign in with the connection's authentication configuration. Check it in QGIS "
            "(Options, Authentication), or choose another one in the connection; your decisions and "
            "meetings are kept."
        )


class SignInFailed(SignInUnavailable):
    """The person has not signed in where they were asked to, or could not."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "You are not signed in: the sign-in was refused, not finished in the browser, or its server "
            "could not be reached. Synchronise to sign in again; if that does not help, check the "
            "connection's authentication configuration. Your decisions and meetings are kept."
        )


class PasswordStoreLocked(SignInUnavailable):
    """QGIS has not been given the master password, and without it no sign-in can be read."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "QGIS's password store is locked. Synchronise and give the master password; "
            "your decisions and meetings are kept."
        )


class SignInRejected(KmzbError):
    """The service does not accept the token."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service did not accept the sign-in. Check the token in the connection's "
            "authentication configuration."
        )


class TokenExpired(SignInRejected):
    """The token was good once."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "Your token has expired. Ask the service's administrator for a new one and enter it in the "
            "connection's authentication configuration; your decisions and meetings are kept."
        )


class NotAllowed(KmzbError):
    """The person's role may not do this."""

    def user_message(self, tr: Tr) -> str:
        return tr("Your role does not allow this. Ask the service's administrator if it should.")


class CursorExpired(KmzbError):
    """The service can no longer tell what changed; the replica must be loaded anew."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr("The service asks for a complete new load of the data. Synchronise again.")


class ServiceUnavailable(KmzbError):
    """The service says that it cannot answer now.

    Attributes:
        retry_after: seconds after which it asks to be tried again, None where it does not say.
    """

    try_again = True

    def __init__(self, log_message: str, retry_after: float | None = None) -> None:
        super().__init__(log_message)
        self.retry_after = retry_after

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service is busy or being prepared. Your decisions and meetings are kept; "
            "try again in a while."
        )


class ServiceFailed(KmzbError):
    """The service answered with an error of its own.

    Attributes:
        status: HTTP status.
        title: the service's own words.
    """

    def __init__(self, log_message: str, status: int, title: str) -> None:
        super().__init__(log_message)
        self.status = status
        self.title = title
        self.try_again = status >= 500

    def user_message(self, tr: Tr) -> str:
        return tr("The service reports a problem ({}): {}. If it stays, tell the administrator.").format(
            self.status, self.title
        )


class ContractMismatch(KmzbError):
    """The service speaks another version of the contract, or an answer lacks something."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service and this version of the plugin do not fit together. Update the plugin, "
            "or tell the service's administrator."
        )


class ServiceTooNew(ContractMismatch):
    """The service speaks a later version of the contract than this plugin."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service is newer than this version of the plugin. Update the plugin (Plugins, Manage and "
            "Install Plugins); the data on this computer, your decisions and meetings are kept."
        )


class ServiceTooOld(ContractMismatch):
    """The service speaks an earlier version of the contract than this plugin."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service is older than this version of the plugin. Ask the service's administrator to "
            "update it; the data on this computer, your decisions and meetings are kept."
        )


class MeetingsNotTaken(ServiceTooOld):
    """The service is of a version that takes no meetings; all else goes on."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The service does not take meetings yet. They are kept on this computer until its administrator "
            "has updated it."
        )


def other_version(what: str, theirs: int, ours: int) -> ContractMismatch:
    """The error for a version of theirs that is not ours, which the log names."""
    kind = ServiceTooNew if theirs > ours else ServiceTooOld
    return kind(f"{what} has version {theirs}, this plugin speaks {ours}")


class Cancelled(KmzbError):
    """The person stopped it."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr("Stopped. What was there before is unchanged.")


class IncompleteDownload(KmzbError):
    """The downloaded file is not the one that was announced."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr("The data did not arrive whole and were discarded. Synchronise again.")
