"""Structured issues (« signaler… »): each becomes one merge request, or an answer that helps."""
