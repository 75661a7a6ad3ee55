"""Categories, statuses and workflow: data with validity dates, never code."""
