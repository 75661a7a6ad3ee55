"""The desk's copy of the service's data, the decisions that wait, and what keeps them in step."""
