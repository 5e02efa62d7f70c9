"""The face of GitLab, REST v4; sources: lib/api of GitLab, and its documentation."""
