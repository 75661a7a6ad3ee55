"""Changes of the schema, in the order in which Alembic makes them.

A revision in ``versions`` is never edited once it has been released: it says
what the schema was, while :mod:`kmzb_service.database.tables` says what it is.
A change needs both, and the newest revision's name in
:data:`kmzb_service.database.schema.REVISION`; a test holds them together.
"""
