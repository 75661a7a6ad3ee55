"""Verification decisions: the workflow's rules, outcomes and the audit chain."""
